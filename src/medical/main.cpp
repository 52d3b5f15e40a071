#include "actions.h"
#include "program/program.h"
#include "routes.h"

using namespace klout7;

int main(int argc, char** argv) {
    // Both live as long as the program: routes refer to them.
    static std::optional<medical::Practice> practice;
    static std::optional<documents::FolderStore> store;
    program::Served<MedicalZone> served;
    served.routes = [](program::Program<MedicalZone>& program) {
        practice.emplace(medical::Practice{program.frame(), program.exchange()});
        auto opened = documents::FolderStore::open(program.folder().documents(Side::medical));
        require(opened.has_value(), "the folder of documents can be written");
        store.emplace(std::move(*opened));
        return medical::routes(*practice, *store);
    };
    served.handler = [](program::Program<MedicalZone>& program) {
        return medical::medical_handler(program.frame());
    };
    return program::run(argc, argv, "klout7-medical", served);
}
