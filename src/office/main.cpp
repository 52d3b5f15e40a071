#include "actions/receive_messages.h"
#include "base/log.h"
#include "payment_worker.h"
#include "people/employers.h"
#include "program/program.h"
#include "routes.h"

using namespace klout7;

int main(int argc, char** argv) {
    // Lives as long as the program: routes refer to it.
    static std::optional<actions::Office> office;
    program::Served<OfficeZone> served;
    served.routes = [](program::Program<OfficeZone>& program) {
        auto bank = office::bank_side(program.settings());
        // Without it nothing is paid, and whoever makes a batch is told so.
        if (!bank) write_log(LogLevel::error, "the settings of payments cannot be used");
        office.emplace(
            actions::Office{program.frame(), program.exchange(), bank ? std::move(*bank) : std::nullopt,
                            program.settings().optional_text("payments.wage_tax_number").value_or("")});
        return office::routes(*office, {program.documents(), program.scanner(), program.limits()});
    };
    served.handler = [](program::Program<OfficeZone>& program) {
        return actions::office_handler({program.frame(), program.exchange()});
    };
    served.work = [](program::Program<OfficeZone>&) { return office::work_on_payments(*office); };
    served.description = office::description();
    served.pages = office::page_files();
    served.employers = {people::may_come_from, people::name_of_employer};
    return program::run(argc, argv, "klout7-office", served);
}
