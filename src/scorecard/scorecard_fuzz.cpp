#include <credence/base/expects.h>
#include <credence/scorecard/scorecard.h>
#include <credence/scorecard/scoring.h>

// Any bytes as a scorecard: no crash, findings with help, and a card that is accepted is written
// and read back equal, and scores inside its range.

using namespace credence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text{reinterpret_cast<const char*>(data), size};
  ReadScorecard read = read_scorecard(text, "card.toml");
  expects(read.card.has_value() == !has_errors(read.findings),
          "a card exists exactly without errors");
  for (const Finding& finding : read.findings) {
    expects(!finding.help.en.empty() && !finding.help.fr.empty(), "a finding without help");
    render(finding, text, Language::fr);
  }
  if (!read.card) return 0;
  expects(defects(*read.card).empty(), "a card that was read has no defects");
  ReadScorecard again = read_scorecard(to_toml(*read.card), "card.toml");
  expects(again.card && *again.card == *read.card, "writing and reading changes nothing");
  std::vector<std::uint16_t> cells(read.card->variables.size(), 0);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    int count = read.card->variables[i].cells.count();
    cells[i] = static_cast<std::uint16_t>(size % static_cast<std::size_t>(count));
  }
  ScoredRow row = score_cells(*read.card, cells);
  expects(row.score >= read.card->lowest() && row.score <= read.card->highest(),
          "a score left its card's range");
  return 0;
}
