#pragma once

#include "window.h"

namespace klout7::gate {

// Whether a picture is whole and nothing stands behind it. The picture itself is not decoded.

/// Another picture, zeros and the short notes of Samsung's cameras may stand behind it, as cameras write
/// them. Source: ITU T.81 annex B.
Fault examine_jpeg(Window& window);
/// Source: W3C PNG (third edition) 5.
Fault examine_png(Window& window);
/// Source: TIFF 6.0, section 2. What no directory points to is not told from what one does.
Fault examine_tiff(Window& window);
/// A still picture in HEVC. Source: ISO/IEC 14496-12, 4.2; 23008-12.
Fault examine_heic(Window& window);

}  // namespace klout7::gate
