#include <credence/cli/card_file.h>
#include <credence/terminal/files.h>

namespace credence {

Result<Scorecard> read_card_file(const std::string& path, Language language, Console& console) {
  auto text = read_text(path, std::size_t{256} << 20U);
  if (!text) return text.error();
  ReadScorecard read = read_scorecard(*text, path);
  for (const Finding& finding : read.findings) console.err(render(finding, *text, language) + "\n");
  if (read.card) return *std::move(read.card);
  return Error{"card.file",
               "the card cannot be used",
               {path},
               "mend what is marked above; docs/formats/table-card.md tells the format"};
}

}  // namespace credence
