#pragma once

#include "window.h"

namespace klout7::gate {

/// Text a person can read: UTF-8, or else Windows-1252; of the control characters only those that divide
/// lines, columns and pages. What the text says is not looked at: it is never given out as anything else.
Fault examine_text(Window& window);

/// An e-mail as one was saved. Its parts are texts, and pictures by their first bytes; with any other file in
/// it, another mail too, it is refused: those are to be sent apart, and go through the gate by themselves. In
/// which part a byte lies must not depend on who reads it. Source: RFC 5322 2; RFC 2045 5, 6; RFC 2046 5.1.
Fault examine_mail(Window& window);
/// By its first lines, for what is text.
bool begins_as_mail(BytesView first_bytes);

}  // namespace klout7::gate
