#include <credence/charter/charter.h>
#include <credence/cli/codes.h>
#include <credence/plans/experiment.h>
#include <credence/programme/codes.h>
#include <credence/score/card.h>
#include <credence/worlds/world.h>
#include <fmt/format.h>

namespace credence {

Result<std::string> explain_code(std::string_view code, Language language) {
  if (const Article* article = Charter::builtin().find(code)) return explain(*article, language);
  if (const Text* text = explain_code(code))
    return fmt::format("{}: {}\n", code, text->in(language));
  if (auto text = explain_card_code(code)) return fmt::format("{}: {}\n", code, text->in(language));
  if (const Text* text = explain_table_code(code))
    return fmt::format("{}: {}\n", code, text->in(language));
  if (auto text = explain_society_code(code))
    return fmt::format("{}: {}\n", code, text->in(language));
  if (auto text = explain_world_code(code))
    return fmt::format("{}: {}\n", code, text->in(language));
  if (auto text = explain_experiment_code(code))
    return fmt::format("{}: {}\n", code, text->in(language));
  return Error{"explain.code",
               fmt::format("there is no article or code `{}`", code),
               {},
               "articles are A01 to A35; programme codes P001 ..., card codes C001 ... and "
               "S001 ..., plan codes T001 ..., codes of the society S101 ..., "
               "W001 ... and L001 ..."};
}

}  // namespace credence
