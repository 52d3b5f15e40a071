#include "document_words.h"

namespace klout7::api {

access::FieldFault refusal_fault(gate::Refusal refusal) {
    using enum gate::Refusal;
    switch (refusal) {
        case unknown_type:
            return {
                "", "unknown_type",
                "Dit soort bestand wordt niet aangenomen. Verstuur een PDF, een foto (JPEG, PNG, HEIC of "
                "TIFF), "
                "een document (DOCX, ODT of XLSX), een e-mail (EML) of gewone tekst.",
                "Files of this kind are not taken. Send a PDF, a photo (JPEG, PNG, HEIC or TIFF), a document "
                "(DOCX, ODT or XLSX), an e-mail (EML) or plain text."};
        case malformed:
            return {
                "", "malformed",
                "Dit bestand is beschadigd of niet compleet. Open het, sla het opnieuw op en verstuur het "
                "nogmaals.",
                "This file is damaged or not complete. Open it, save it again and send it once more."};
        case disguised:
            return {
                "", "disguised",
                "In of achter dit bestand zit een ander bestand verborgen. Open het, sla het opnieuw op als "
                "PDF "
                "en verstuur dat.",
                "Another file is hidden in this file or behind it. Open it, save it as PDF and send that."};
        case encrypted:
            return {
                "", "encrypted",
                "Dit bestand is beveiligd met een wachtwoord en kan niet worden gecontroleerd. Verstuur het "
                "zonder wachtwoord.",
                "This file is protected by a password and cannot be checked. Send it without a password."};
        case macros:
            return {"", "macros",
                    "Dit document bevat macro's. Sla het op zonder macro's, of als PDF, en verstuur dat.",
                    "This document has macros in it. Save it without macros, or as PDF, and send that."};
        case scripts:
            return {
                "", "scripts",
                "Dit bestand bevat een script of een actie die vanzelf start. Druk het af als PDF en "
                "verstuur "
                "dat.",
                "This file has a script in it, or an action that starts by itself. Print it as PDF and send "
                "that."};
        case external_links:
            return {
                "", "external_links",
                "Dit bestand haalt iets van elders op, of verwijst naar een bestand op een andere computer. "
                "Verwijder die koppelingen, of sla het op als PDF, en verstuur dat.",
                "This file fetches something from elsewhere, or refers to a file on another computer. Remove "
                "those links, or save it as PDF, and send that."};
        case embedded_files:
            return {
                "", "embedded_files",
                "In dit bestand zitten andere bestanden, zoals bijlagen. Verstuur die los, elk apart.",
                "This file holds other files, such as attachments. Send those by themselves, one by one."};
        case limit:
            return {"", "limit",
                    "Dit bestand is van binnen te groot of te diep verpakt om te controleren. Sla het "
                    "eenvoudiger op "
                    "en verstuur het opnieuw.",
                    "This file is too large or too deeply packed inside to be checked. Save it in a simpler "
                    "way and "
                    "send it again."};
        case not_examined:
            return {"", "not_scanned",
                    "Dit bestand kon niet worden gecontroleerd. Verstuur het opnieuw; lukt dat niet, sla het "
                    "dan op "
                    "als PDF.",
                    "This file could not be checked. Send it again; if that does not help, save it as PDF."};
    }
    return {};
}

QuarantineWords words_of(documents::QuarantineReason reason) {
    switch (reason) {
        case documents::QuarantineReason::infected:
            return {
                "In dit bestand is schadelijke software gevonden ({}). Het is niet toegevoegd aan het "
                "dossier; het "
                "ligt afgesloten in quarantaine. Laat uw computer controleren en waarschuw de beheerder.",
                "Harmful software was found in this file ({}). It was not added to the case; it lies locked "
                "up in "
                "quarantine. Have your computer checked, and warn the operator."};
        case documents::QuarantineReason::encrypted:
            return {
                "Dit bestand is beveiligd met een wachtwoord en kan niet worden gecontroleerd. Het is niet "
                "toegevoegd aan het dossier; het ligt afgesloten in quarantaine. Verstuur het zonder "
                "wachtwoord.",
                "This file is protected by a password and cannot be checked. It was not added to the case; "
                "it lies "
                "locked up in quarantine. Send it without a password."};
        case documents::QuarantineReason::limit:
            return {
                "Dit bestand is van binnen te groot of te diep verpakt om te controleren. Het is niet "
                "toegevoegd aan "
                "het dossier; het ligt afgesloten in quarantaine. Sla het eenvoudiger op en verstuur het "
                "opnieuw.",
                "This file is too large or too deeply packed inside to be checked. It was not added to the "
                "case; it "
                "lies locked up in quarantine. Save it in a simpler way and send it again."};
        case documents::QuarantineReason::not_scanned:
            return {
                "Dit bestand kon niet worden gecontroleerd. Het ligt afgesloten in quarantaine. Verstuur het "
                "opnieuw.",
                "This file could not be checked. It lies locked up in quarantine. Send it again."};
    }
    return {};
}

}  // namespace klout7::api
