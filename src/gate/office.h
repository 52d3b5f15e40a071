#pragma once

#include "window.h"

namespace klout7::gate {

/// Which of DOCX, XLSX and ODT a ZIP file is, every part of it looked into: XML as XML, everything else by
/// its name and first bytes. Source: ECMA-376-2 (OPC), ISO/IEC 29500-1, OASIS ODF 1.3 part 2.
std::expected<FileType, Refusal> examine_office(Window& window);

}  // namespace klout7::gate
