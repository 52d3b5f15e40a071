#pragma once

#include "window.h"

namespace klout7::gate {

/// Whether a PDF is whole, open, and does nothing by itself: no scripts, no programs that it starts, no files
/// inside, no pages that fetch. Every object is looked at, wherever the cross-reference table says it is, and
/// what is in object streams too. Links that a reader has to click on may lead to the web.
/// Source: ISO 32000-1, 7.3, 7.5, 12.6.
Fault examine_pdf(Window& window);

}  // namespace klout7::gate
