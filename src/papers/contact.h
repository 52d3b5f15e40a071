#pragma once

#include <string>

#include "papers/paper.h"
#include "sheet.h"
#include "wording.h"

namespace klout7::papers {

/// Where to ask, by what is known of the sender; nothing if nothing is.
inline void put_contact(Sheet& sheet, Wording say, Sender const& sender) {
    auto how = sender.phone.empty() ? std::string{} : say("bel ", "call ") + sender.phone;
    if (!sender.e_mail.empty()) {
        how += (how.empty() ? "" : say(" of ", " or ")) + say("mail naar ", "mail ") + sender.e_mail;
    }
    if (how.empty()) return;
    sheet.paragraph(say("Hebt u vragen? Neem gerust contact met ons op: ",
                        "Do you have questions? Please get in touch: ") +
                    how + ".");
}

}  // namespace klout7::papers
