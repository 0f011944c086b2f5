#include <credence/institutions/parts.h>

#include <algorithm>
#include <tuple>

namespace credence {

const RuleDescription& board_rule() {
  static const RuleDescription rule{
      .id = "board",
      .actor = "review board",
      .name = {"The board hears appeals", "La commission entend les recours"},
      .what =
          {"The board hears as many cases a month as its size allows, those that waited longest "
           "first and by lot among equals. It sees a share of what was justified, and grants a "
           "few that were not. A won appeal takes the fault off the record and ends listing, "
           "publication and sanctions.",
           "La commission entend chaque mois autant de cas que sa taille le permet, les plus "
           "anciens d'abord, au sort entre égaux. Elle reconnaît une part des recours fondés "
           "et en accorde quelques-uns qui ne l'étaient pas. Un recours gagné efface l'erreur "
           "du dossier et met fin à l'inscription, à la publication et aux sanctions."},
      .source = "Federal Trade Commission (2012): disputes mend 4 of 5 errors; size: the programme",
      .parameters = {}};
  return rule;
}

std::uint64_t heard_until(double cases_per_thousand, std::size_t people, std::uint32_t months) {
  double a_month = std::max(0.0, cases_per_thousand) * static_cast<double>(people) / 1000;
  return static_cast<std::uint64_t>(a_month * months);
}

namespace {

void give_back(Lives& lives, std::uint32_t person) {
  lives.fault[person] = 0;
  lives.barred[person].fill(0);
  if (lives.has(person, Mark::black)) lives.listed[person] = 0;
  for (Mark mark : {Mark::black, Mark::named, Mark::wrongly_hit, Mark::wrongly_listed}) {
    lives.put(person, mark, false);
  }
}

}  // namespace

std::vector<Institutions::HeardAppeal> Institutions::hear(Lives& lives,
                                                          std::vector<WaitingAppeal> appeals,
                                                          const KeyedDraws& draws,
                                                          std::uint32_t month) const {
  const ReviewersConstruct& reviewers = programme_->constructs.reviewers;
  std::uint64_t room = heard_until(reviewers.cases_per_thousand, lives.size(), month + 1) -
                       heard_until(reviewers.cases_per_thousand, lives.size(), month);
  std::ranges::sort(appeals, {}, [&lives](const WaitingAppeal& appeal) {
    return std::tuple{-static_cast<int>(lives.appeal[appeal.person]), appeal.lottery,
                      appeal.person};
  });
  std::size_t heard_now = std::min<std::size_t>(appeals.size(), room);
  std::vector<HeardAppeal> heard;
  heard.reserve(heard_now);
  for (const WaitingAppeal& appeal : std::span{appeals}.subspan(heard_now)) {
    std::uint8_t& waiting = lives.appeal[appeal.person];
    if (waiting < UINT8_MAX) ++waiting;
  }
  appeals.resize(heard_now);
  for (const WaitingAppeal& appeal : appeals) {
    std::uint8_t& waiting = lives.appeal[appeal.person];
    auto waited = static_cast<std::uint8_t>(waiting > 0 ? waiting - 1 : 0);
    bool won = draws.chance(appeal.justified ? reviewers.right : reviewers.wrong, appeal.person,
                            month, Purpose::review);
    if (won) give_back(lives, appeal.person);
    waiting = 0;
    heard.push_back({appeal.person, won, appeal.justified, waited});
  }
  return heard;
}

}  // namespace credence
