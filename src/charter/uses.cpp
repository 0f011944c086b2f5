#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

bool is_wildcard(std::string_view text) {
  return text.find('*') != std::string_view::npos || text == "any" || text == "all";
}

bool never(Bench& bench, const Place& place) {
  const LifeContext* context = bench.catalogue().never_context(place.text());
  if (context == nullptr) return false;
  Text message = about("`{}` is ", "`{}` : ", place.text());
  message.en += "a use that no score may touch: " + context->name.en;
  message.fr += "un usage qu'aucun score ne peut toucher : " + context->name.fr;
  bench.refuse("A10", place, message);
  return true;
}

void judge_use_context(Bench& bench, const Place& context, const ListedConsequence* listed) {
  if (never(bench, context) || !says_something(context.text()) || listed == nullptr) return;
  bool allowed = std::find(listed->contexts.begin(), listed->contexts.end(), context.text()) !=
                 listed->contexts.end();
  if (allowed) return;
  Text message = about("`{}` is no context in which the public list allows ",
                       "`{}` n'est pas un contexte où la liste publique admet ", context.text());
  message.en += "`" + listed->id + "`";
  message.fr += "`" + listed->id + "`";
  bench.refuse("A08", context, message);
}

const ListedConsequence* judge_listed(Bench& bench, const Place& kind, std::string_view list) {
  if (never(bench, kind) || !says_something(kind.text())) return nullptr;
  const ListedConsequence* listed = bench.catalogue().find_listed(kind.text());
  if (listed != nullptr && listed->benefit == (list == "benefit")) return listed;
  Text message = list == "benefit"
                     ? about("`{}` is no benefit of the public list",
                             "`{}` n'est pas un avantage de la liste publique", kind.text())
                     : about("`{}` is no consequence of the public list",
                             "`{}` n'est pas une conséquence de la liste publique", kind.text());
  bench.refuse("A08", kind, message);
  return nullptr;
}

// What it is called, by the file and to people.
void judge_called(Bench& bench, const Place& entry) {
  never(bench, entry["id"]);
  for (std::string_view language : {"en", "fr"}) never(bench, entry["name"][language]);
}

// Names also tell a use: a benefit called "faster-visa" is about migration, whatever its kind says.
void judge_entry(Bench& bench, const Place& entry, std::string_view list) {
  for (std::string_view key : {"kind", "context", "because"}) {
    if (!is_wildcard(entry[key].text())) continue;
    bench.refuse(
        "A08", entry[key],
        about("`{}` would stand for anything", "`{}` vaudrait pour tout", entry[key].text()));
  }
  judge_called(bench, entry);
  const ListedConsequence* listed = judge_listed(bench, entry["kind"], list);
  judge_use_context(bench, entry["context"], listed);
  if (listed == nullptr || !listed->credit) return;
  if (bench.programme_class() == "benefit-only") {
    bench.refuse("A32", entry["kind"],
                 {"a benefit-only score cannot grant credit",
                  "un score d'avantages ne peut accorder un crédit"});
  }
  if (!says_something(entry["affordability"].text())) {
    bench.refuse(
        "A27", entry["affordability"],
        {"it grants credit, so ability to pay must be assessed beside the score",
         "il accorde un crédit, donc la capacité de payer doit être évaluée à côté du score"});
  }
}

void judge_purpose(Bench& bench, const Place& purpose) {
  if (never(bench, purpose)) return;
  if (is_wildcard(purpose.text()) || bench.catalogue().is_general_purpose(purpose.text())) {
    bench.refuse("A30", purpose,
                 about("`{}` is not one purpose", "`{}` n'est pas une finalité", purpose.text()));
  }
}

}  // namespace

void judge_uses(Bench& bench) {
  judge_purpose(bench, bench["programme"]["purpose"]);
  for (std::string_view list : {"benefit", "consequence"}) {
    for (const Place& entry : bench.each(list)) judge_entry(bench, entry, list);
  }
  for (const Place& relation : bench.each("relation")) never(bench, relation["use"]);
  for (const Place& recipient : bench.each("recipient")) {
    judge_called(bench, recipient);
    judge_purpose(bench, recipient["purpose"]);
  }
}

}  // namespace credence
