#pragma once

#include <credence/base/result.h>

#include <string_view>

namespace credence {

// `within` was counted in the decoded text of a TOML string that stands at `string`, as if the text
// began one column after its quote. This gives the true place in the file, which differs when the
// string is in triple quotes, has escapes or spans lines.
Where place_in_string(std::string_view file_text, const Where& string, const Where& within);

}  // namespace credence
