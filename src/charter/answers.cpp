#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

void judge_answer(Bench& bench, const Place& place) {
  Place answer = place["answer"];
  // An answer about many people at once exposes them, whatever it is called.
  if (contains(bench.catalogue().people_answers, answer.text())) {
    bench.refuse("A10", answer,
                 about("`{}` would show people to others",
                       "`{}` montrerait des personnes à d'autres", answer.text()));
  }
  if (answer.text() != "score") return;
  Place reason = place["reason"];
  if (says_something(reason["en"].text()) && says_something(reason["fr"].text())) {
    bench.warn("A24", answer,
               {"the partner learns the score itself", "le partenaire apprend le score lui-même"});
  } else {
    bench.refuse("A24", reason,
                 {"a score as an answer needs a written reason in both languages",
                  "un score comme réponse demande un motif écrit dans les deux langues"});
  }
}

// "100 per day"
void judge_rate(Bench& bench, const Place& limit) {
  if (!says_something(limit.text())) return;
  std::vector<std::string> words = words_of(limit.text());
  bool starts = limit.text().front() >= '1' && limit.text().front() <= '9';
  bool shaped = words.size() == 2 && words[0] == "per" &&
                (words[1] == "day" || words[1] == "hour" || words[1] == "minute");
  if (starts && shaped) return;
  bench.refuse("A24", limit,
               about("`{}` limits nothing; write, say, 100 per day",
                     "`{}` ne limite rien ; écrivez par exemple 100 per day", limit.text()));
}

}  // namespace

void judge_answers(Bench& bench) {
  for (const Place& benefit : bench.each("benefit")) judge_answer(bench, benefit);
  for (const Place& recipient : bench.each("recipient")) {
    judge_answer(bench, recipient);
    judge_rate(bench, recipient["rate_limit"]);
  }
}

}  // namespace credence
