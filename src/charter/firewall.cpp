#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace credence {

namespace {

enum class Relation { none, related, same };

// One kind of data that a use draws on.
struct Used {
  std::string context;
  std::string category;
  auto operator<=>(const Used&) const = default;
};

// The context firewall: allow(data used, use), denied by default.
class Firewall {
 public:
  explicit Firewall(Bench& bench) : bench_(bench) {
    for (const Place& relation : bench_.each("relation")) declare(relation);
    for (const Place& feature : bench_.each("feature")) {
      Place event = bench_.find("event", "type", feature["from"].text());
      scored_.insert(data_of(bench_.find("source", "id", event["source"].text())));
    }
  }

  void judge() {
    for (const Place& benefit : bench_.each("benefit")) {
      bool equal = equal_path(bench_, benefit);
      for (const Used& used : scored_) judge_pair(used, benefit, Weight::benefit);
      if (!equal) judge_unequal(benefit);
    }
    for (const Place& consequence : bench_.each("consequence")) judge_consequence(consequence);
  }

 private:
  enum class Weight { benefit, detriment };

  static Used data_of(const Place& source) {
    return {std::string{source["context"].text()}, std::string{source["category"].text()}};
  }

  void declare(const Place& relation) {
    std::string origin{relation["origin"].text()};
    std::string use{relation["use"].text()};
    std::string_view level = relation["level"].text();
    Relation value = level == "same"      ? Relation::same
                     : level == "related" ? Relation::related
                                          : Relation::none;
    if (value == Relation::same && origin != use) {
      bench_.refuse("A09", relation["level"],
                    about("`{}` is another context, so this is at most related",
                          "`{}` est un autre contexte, donc au plus lié", origin));
      value = Relation::related;
    }
    auto [at, added] = relations_.try_emplace({origin, use}, value);
    if (!added) {
      bench_.refuse("A09", relation,
                    about("a second relation for data of `{}` in this use",
                          "une seconde relation pour les données de `{}` dans cet usage", origin));
      at->second = std::min(at->second, value);
    }
  }

  Relation relation(const Used& used, const Place& use) const {
    auto found = relations_.find({used.context, std::string{use["context"].text()}});
    return found == relations_.end() ? Relation::none : found->second;
  }

  // Forbidden and unknown classes are refused where the source stands; nothing is gained by saying
  // it again.
  bool refused_already(const Used& used) const {
    const SignalClass* found = bench_.catalogue().find_class(used.category);
    const LifeContext* life = bench_.catalogue().find_context(used.context);
    return found == nullptr || !found->forbidden_by.empty() || life == nullptr || life->never;
  }

  // A never context is refused by A10 whatever flows into it.
  bool use_refused_already(const Place& use) const {
    std::string_view context = use["context"].text();
    return context.empty() || bench_.catalogue().never_context(context) != nullptr ||
           bench_.catalogue().find_context(context) == nullptr;
  }

  void judge_pair(const Used& used, const Place& use, Weight weight) {
    if (refused_already(used) || use_refused_already(use)) return;
    Relation found = relation(used, use);
    Text message = about("data from `{}`", "les données de `{}`", used.context);
    if (found == Relation::none) {
      message.en += " may not be used here: no relation allows it";
      message.fr += " ne peuvent servir ici : aucune relation ne l'admet";
    } else if (weight == Weight::detriment && found != Relation::same) {
      message.en += " may not harm in another context";
      message.fr += " ne peuvent nuire dans un autre contexte";
    } else if (weight == Weight::detriment && used.category != "financial-verified" &&
               !(used.category == "organisation" && bench_.programme_class() == "organisation")) {
      message.en += " may not harm: they are " + used.category;
      message.fr += " ne peuvent nuire : elles sont " + used.category;
    } else if (used.category == "non-financial-benefit-only" &&
               bench_.programme_class() != "benefit-only") {
      message.en += " may count in benefit-only programmes alone";
      message.fr += " ne comptent que dans les programmes d'avantages";
    } else {
      return;
    }
    bench_.refuse("A09", use["context"], message);
  }

  // Without an equal path the refusal of a benefit is a detriment, so it is tested once more as
  // one.
  void judge_unequal(const Place& benefit) {
    for (const Used& used : scored_) judge_pair(used, benefit, Weight::detriment);
    if (benefit["at_most"].written() && benefit["proportionality"].written()) return;
    bench_.refuse(
        "A11", benefit,
        {"without an equal path its refusal is a detriment, which has no end and no memo here",
         "sans voie égale son refus est un désavantage, qui n'a ici ni fin ni note"});
  }

  void judge_consequence(const Place& consequence) {
    Place because = consequence["because"];
    Place event = bench_.find("event", "type", because.text());
    if (!event.written()) {
      if (says_something(because.text()) && because.text().find('*') == std::string_view::npos) {
        bench_.refuse("A08", because,
                      about("`{}` is no event of this programme",
                            "`{}` n'est pas un événement de ce programme", because.text()));
      }
      return;
    }
    judge_pair(data_of(bench_.find("source", "id", event["source"].text())), consequence,
               Weight::detriment);
    // A benefit-only score supports benefits only.
    if (bench_.programme_class() == "benefit-only") {
      bench_.refuse("A09", consequence,
                    {"a benefit-only programme has no consequences that harm",
                     "un programme d'avantages n'a pas de conséquence qui nuise"});
    }
  }

  Bench& bench_;
  std::map<std::pair<std::string, std::string>, Relation> relations_;
  std::set<Used> scored_;
};

}  // namespace

void judge_firewall(Bench& bench) {
  Firewall{bench}.judge();
}

}  // namespace credence
