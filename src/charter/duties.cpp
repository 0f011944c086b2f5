#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// Two names are one person when their words are: "M. Okafor" and "m okafor".
bool same_person(const Place& a, const Place& b) {
  std::vector<std::string> one = words_of(a.text());
  return !one.empty() && one == words_of(b.text());
}

void judge_assessments(Bench& bench) {
  Place assessments = bench["assessments"];
  if (same_person(assessments["author"], assessments["approver"])) {
    bench.refuse("A22", assessments["approver"],
                 about("`{}` approves their own assessment", "`{}` approuve sa propre analyse",
                       assessments["approver"].text()));
  }
  Place dated = assessments["date"];
  Place start = assessments["go_live"];
  const Date* date = dated.written() ? dated.node->date() : nullptr;
  const Date* go_live = start.written() ? start.node->date() : nullptr;
  if (date != nullptr && go_live != nullptr && *date >= *go_live) {
    bench.refuse("A22", start,
                 {"the programme starts before its assessment is approved",
                  "le programme démarre avant l'approbation de son analyse"});
  }
  // A new version changes what happens to people, so an old assessment does not cover it.
  const std::int64_t* version = bench["programme"]["version"].integer();
  const std::int64_t* covered = assessments["covers_version"].integer();
  if (version == nullptr || (covered != nullptr && *covered == *version) ||
      (*version == 1 && !assessments["covers_version"].written())) {
    return;
  }
  bench.refuse("A22", assessments["covers_version"],
               about("version `{}` needs an assessment of its own",
                     "la version `{}` demande sa propre analyse", fmt::format("{}", *version)));
}

void judge_monitor(Bench& bench) {
  Place stop = bench["monitor"]["stop"];
  if (same_person(stop["owner"], stop["deputy"])) {
    bench.refuse("A23", stop["deputy"],
                 {"the deputy is the owner", "le suppléant est le responsable"});
  }
  Place metrics = bench["monitor"]["metrics"];
  std::vector<std::string> names = metrics.strings();
  if (names.empty() || std::find(names.begin(), names.end(), "adverse-impact-ratio") != names.end())
    return;
  bench.refuse(
      "A23", metrics,
      {"`adverse-impact-ratio` is not measured", "`adverse-impact-ratio` n'est pas mesuré"});
}

// A name and a birth date are shared by strangers (A28).
void judge_identity(Bench& bench) {
  Place match = bench["identity"]["match"];
  std::vector<std::string> keys = match.strings();
  auto weak = [&](const std::string& key) {
    std::vector<std::string> words = words_of(key);
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
      return contains(bench.catalogue().weak_identifiers, word);
    });
  };
  if (keys.empty() || !std::all_of(keys.begin(), keys.end(), weak)) return;
  bench.refuse("A28", match,
               {"these are shared by strangers; at least one strong identifier is needed",
                "des inconnus partagent ces données ; il faut au moins un identifiant fort"});
}

void judge_languages(Bench& bench) {
  Place explained = bench["explanation"]["languages"];
  std::vector<std::string> spoken = explained.strings();
  if (spoken.empty()) return;
  for (const std::string& language : bench["programme"]["languages"].strings()) {
    if (std::find(spoken.begin(), spoken.end(), language) != spoken.end()) continue;
    bench.refuse("A17", explained,
                 about("the programme speaks `{}` and does not explain in it",
                       "le programme parle `{}` et n'explique pas dans cette langue", language));
  }
}

void judge_money(Bench& bench) {
  Place order = bench["money"]["offers_ordered_by"];
  std::vector<std::string> words = words_of(order.text());
  bool earns = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "commission" || word == "margin" || word == "revenue" || word == "profit";
  });
  if (!earns) return;
  bench.warn(
      "A34", order,
      about("offers are ordered by `{}`, not by what they cost the person",
            "les offres sont classées par `{}`, non par leur coût pour la personne", order.text()));
}

// Data from before the age of contract is data about a child (A29).
void judge_age(Bench& bench) {
  Place from = bench["programme"]["data_from_age"];
  const std::int64_t* data = from.integer();
  const std::int64_t* least = bench["programme"]["min_age"].integer();
  if (data == nullptr || least == nullptr || *data >= *least ||
      bench.programme_class() == "organisation")
    return;
  bench.refuse("A29", from,
               {"data from before the age of contract would count",
                "des données d'avant l'âge de contracter compteraient"});
}

}  // namespace

void judge_duties(Bench& bench) {
  judge_assessments(bench);
  judge_monitor(bench);
  judge_identity(bench);
  judge_languages(bench);
  judge_money(bench);
  judge_age(bench);
}

}  // namespace credence
