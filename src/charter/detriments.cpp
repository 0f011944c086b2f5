#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <map>

namespace credence {

namespace {

void judge_length(Bench& bench, const Place& consequence) {
  const ListedConsequence* listed = bench.catalogue().find_listed(consequence["kind"].text());
  auto lasts = parse_period(consequence["at_most"].text());
  if (listed == nullptr || !listed->at_most || !lasts || !longer(*lasts, *listed->at_most)) return;
  bench.refuse(
      "A11", consequence["at_most"],
      about("longer than the public list allows (`{}`)",
            "plus long que la liste publique ne l'admet (`{}`)", to_text(*listed->at_most)));
}

// A person without records must not be treated worse for having none (A15).
void judge_absence(Bench& bench, const Place& consequence) {
  std::string_view where = consequence["where"].text();
  std::string_view because = consequence["because"].text();
  if (because != "not-enough-data" && because != "no-record" && because != "thin-file" &&
      where.find("no-record") == std::string_view::npos) {
    return;
  }
  bench.refuse("A15", consequence["because"],
               {"absence of data may have no consequence",
                "l'absence de données ne peut avoir de conséquence"});
}

}  // namespace

void judge_detriments(Bench& bench) {
  const Period cap = bench.catalogue().stacked_at_most;
  std::map<std::pair<std::string, std::string>, Period> stacked;
  for (const Place& consequence : bench.each("consequence")) {
    judge_length(bench, consequence);
    judge_absence(bench, consequence);
    auto lasts = parse_period(consequence["at_most"].text());
    if (!lasts || longer(*lasts, cap)) continue;
    Period& sum = stacked[{std::string{consequence["because"].text()},
                           std::string{consequence["context"].text()}}];
    // Once over the cap the sum stays there, so that no list is long enough to overflow it.
    if (longer(sum, cap)) continue;
    sum.months += lasts->months;
    sum.days += lasts->days;
    if (!longer(sum, cap)) continue;
    bench.refuse(
        "A11", consequence["at_most"],
        about("together with the others that answer the same event it lasts more than `{}`",
              "avec les autres qui répondent au même événement, cela dure plus de `{}`",
              to_text(cap)));
  }
}

}  // namespace credence
