#include "actions/receive_messages.h"
#include "program/program.h"
#include "routes.h"

using namespace klout7;

int main(int argc, char** argv) {
    // Both live as long as the program: routes refer to them.
    static std::optional<actions::Office> office;
    static std::optional<documents::FolderStore> store;
    program::Served<OfficeZone> served;
    served.routes = [](program::Program<OfficeZone>& program) {
        office.emplace(actions::Office{program.frame(), program.exchange()});
        auto opened = documents::FolderStore::open(program.folder().documents(Side::office));
        require(opened.has_value(), "the folder of documents can be written");
        store.emplace(std::move(*opened));
        return office::routes(*office, *store);
    };
    served.handler = [](program::Program<OfficeZone>& program) {
        return actions::office_handler(program.frame());
    };
    return program::run(argc, argv, "klout7-office", served);
}
