#include <credence/charter/checks.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace credence {

namespace {

// The operator itself, as a recipient of the data.
constexpr std::string_view kOperatorName = "operator";

class ConsentTerms {
 public:
  explicit ConsentTerms(Bench& bench)
      : bench_(bench),
        purpose_(bench["programme"]["purpose"].text()),
        terms_(bench.each("consent")) {}

  void judge() {
    for (const Place& term : terms_) {
      judge_bundle(term);
      judge_purpose(term["purpose"]);
      judge_twice(term);
      judge_known(term);
      judge_withdrawal(term);
    }
    for (const Place& recipient : bench_.each("recipient")) {
      judge_purpose(recipient["purpose"]);
      judge_own_name(recipient["id"]);
    }
    judge_coverage();
  }

 private:
  void judge_bundle(const Place& term) {
    for (std::string_view key : {"purpose", "source", "recipient"}) {
      std::string_view text = term[key].text();
      if (text.find_first_of(",;*+") == std::string_view::npos && text != "all" && text != "any")
        continue;
      bench_.refuse("A13", term[key],
                    about("`{}` bundles what must be asked apart",
                          "`{}` regroupe ce qui se demande séparément", text));
    }
  }

  void judge_purpose(const Place& written) {
    if (!says_something(written.text()) || purpose_.empty() || written.text() == purpose_) return;
    bench_.refuse(
        "A30", written,
        about("`{}` is a second purpose", "`{}` est une seconde finalité", written.text()));
  }

  // A partner called operator would live on the consents that the operator was given.
  void judge_own_name(const Place& id) {
    if (id.text() != kOperatorName) return;
    bench_.refuse("A13", id,
                  {"a partner may not bear the operator's own name as a recipient",
                   "un partenaire ne peut porter le nom de destinataire de l'opérateur"});
  }

  void judge_twice(const Place& term) {
    auto [at, added] =
        seen_.insert({std::string{term["source"].text()}, std::string{term["recipient"].text()}});
    if (added || at->first.empty() || at->second.empty()) return;
    bench_.refuse(
        "A13", term,
        about("the data of `{}` are asked for twice for one recipient",
              "les données de `{}` sont demandées deux fois pour un destinataire", at->first));
  }

  void judge_known(const Place& term) {
    std::string_view recipient = term["recipient"].text();
    if (!says_something(recipient) || recipient == kOperatorName ||
        bench_.find("recipient", "id", recipient).written()) {
      return;
    }
    bench_.refuse("A13", term["recipient"],
                  about("`{}` is no recipient of this programme",
                        "`{}` n'est pas un destinataire de ce programme", recipient));
  }

  // Taking it back is as easy as giving it: no channel less, no step more (A14).
  void judge_withdrawal(const Place& term) {
    Place withdrawal = term["withdrawal"];
    std::vector<std::string> back = withdrawal["channels"].strings();
    for (const std::string& channel : term["channels"].strings()) {
      if (std::find(back.begin(), back.end(), channel) != back.end() || back.empty()) continue;
      bench_.refuse("A14", withdrawal["channels"],
                    about("consent is given by `{}` and cannot be withdrawn there",
                          "l'accord se donne par `{}` et ne s'y retire pas", channel));
    }
    const std::int64_t* given = term["steps"].integer();
    const std::int64_t* taken = withdrawal["steps"].integer();
    if (given == nullptr || taken == nullptr || *taken <= *given) return;
    bench_.refuse(
        "A14", withdrawal["steps"],
        about("withdrawal takes `{}` steps, more than consent",
              "le retrait prend `{}` étapes, plus que l'accord", fmt::format("{}", *taken)));
  }

  // Each source is asked for, for the operator and for each partner that learns something made from
  // it.
  void judge_coverage() {
    std::vector<std::string> recipients{std::string{kOperatorName}};
    for (const Place& recipient : bench_.each("recipient")) {
      if (!recipient["id"].text().empty()) recipients.emplace_back(recipient["id"].text());
    }
    for (const Place& source : bench_.each("source")) {
      std::string id{source["id"].text()};
      for (const std::string& recipient : recipients) {
        if (id.empty() || seen_.contains({id, recipient})) continue;
        Text message =
            about("nobody is asked for the data of this source for `{}`",
                  "personne n'est sollicité pour les données de cette source pour `{}`", recipient);
        bench_.refuse("A13", source["id"], message);
      }
    }
  }

  Bench& bench_;
  std::string_view purpose_;
  std::vector<Place> terms_;
  std::set<std::pair<std::string, std::string>> seen_;  // source and recipient
};

}  // namespace

void judge_consents(Bench& bench) {
  ConsentTerms{bench}.judge();
}

}  // namespace credence
