#include <credence/score/reasons.h>
#include <credence/score/sample_card_test.h>

// Any bytes as a card: no crash, findings with help, and a card that is accepted keeps its
// promises.

using namespace credence;

namespace {

void score_with(const Card& card, const Programme& programme) {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    sample::Life life{seed};
    while (life.next < 20) life.fact();
    Features features = derive(programme, life.dossier, life.as_of());
    ScoreOutcome outcome = score(features, card, programme);
    const Score& result = std::get<Score>(outcome);
    expects(result.total >= card.lowest() && result.total <= card.highest(),
            "a score left its card's range");
    int lost = 0;
    for (const Reason& reason : adverse_reasons(result, card, Baseline::best))
      lost += reason.lost();
    expects(result.total + lost == card.highest(),
            "reasons do not explain the distance to the best score");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Programme programme = sample::programme();
  std::string_view text{reinterpret_cast<const char*>(data), size};
  ReadCard read = read_card(text, "card.toml", programme);
  expects(read.card.has_value() == !has_errors(read.findings),
          "a card exists exactly without errors");
  for (const Finding& finding : read.findings) {
    expects(!finding.help.en.empty() && !finding.help.fr.empty(), "a finding without help");
    render(finding, text, Language::fr);
  }
  if (read.card) score_with(*read.card, programme);
  return 0;
}
