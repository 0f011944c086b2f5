#pragma once

#include <credence/base/json.h>
#include <credence/base/result.h>
#include <credence/base/text.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

// What a check has to say about a file, as a good compiler says it.
struct Finding {
  enum class Severity { error, warning };

  std::string code;  // an article of the charter (A07), or a rule of the format (P012, C003)
  Severity severity = Severity::error;
  std::string path;  // in the file: feature[2].where
  Where where;
  Text message;                       // lower case, no full stop, what was written in backticks
  Text why = {};                      // the rule it breaks, in the reader's words
  std::vector<std::string> law = {};  // cites of the active jurisdictions
  Text help = {};                     // how to mend it
};

using Findings = std::vector<Finding>;

bool has_errors(const Findings& findings);

// error[A07]: ... --> file:line:col, the line with a caret, why, law, help. `source` is the file's
// text.
std::string render(const Finding& finding, std::string_view source, Language language);
Json to_json(const Finding& finding, Language language);

}  // namespace credence
