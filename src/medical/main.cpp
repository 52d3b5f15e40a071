#include "actions.h"
#include "program/program.h"
#include "routes.h"

using namespace klout7;

int main(int argc, char** argv) {
    // Lives as long as the program: routes refer to it.
    static std::optional<medical::Practice> practice;
    program::Served<MedicalZone> served;
    served.routes = [](program::Program<MedicalZone>& program) {
        practice.emplace(medical::Practice{program.frame(), program.exchange()});
        return medical::routes(*practice, {program.documents(), program.scanner(), program.limits()});
    };
    served.handler = [](program::Program<MedicalZone>& program) {
        return medical::medical_handler(program.frame());
    };
    served.description = medical::description();
    served.pages = medical::page_files();
    return program::run(argc, argv, "klout7-medical", served);
}
