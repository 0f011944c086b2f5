#include <credence/cli/rechecking.h>
#include <credence/decision/assessment.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

using Engines = std::map<std::uint64_t, Engine>;

Result<Statement> statement_of(const Fact& fact) {
  const Json* recorded = fact.payload.find("recorded");
  auto when = recorded == nullptr || recorded->string() == nullptr
                  ? std::nullopt
                  : parse_instant(*recorded->string());
  if (!when) return Error{"decision.payload", "`recorded` is no time"};
  return Statement{fact.index, fact.kind, *when, fact.payload};
}

class Rechecking {
 public:
  Rechecking(const std::string& subject, const std::vector<Fact>& facts, const Engines& engines,
             std::span<const std::uint64_t> erased)
      : subject_(subject), facts_(facts), engines_(engines), erased_(erased) {}

  ScoreChecks run() {
    for (const Fact& fact : facts_) {
      if (fact.kind != FactKind::score_issued) continue;
      std::string wrong = check(fact);
      if (!wrong.empty()) checks_.faults.push_back(fmt::format("fact {}: {}", fact.index, wrong));
    }
    return std::move(checks_);
  }

 private:
  std::string check(const Fact& fact) {
    auto statement = statement_of(fact);
    if (!statement) return statement.error().message;
    auto issued = read_issued_score(*statement);
    if (!issued) return issued.error().message;
    auto engine = engines_.find(issued->programme_fact);
    if (engine == engines_.end())
      return fmt::format("its programme, fact {}, is not there", issued->programme_fact);
    auto next = std::next(engine);
    if (next != engines_.end() && fact.index > next->first) {
      return fmt::format("made under version {}, after fact {} had published the next",
                         issued->programme_version, next->first);
    }
    const Result<Dossier>& dossier = dossier_of(engine);
    if (!dossier) return to_text(dossier.error());
    Recheck recheck = engine->second.recheck(*dossier, *statement, erased_);
    if (recheck.verdict == Recheck::Verdict::same)
      ++checks_.same;
    else if (recheck.verdict == Recheck::Verdict::not_recomputable)
      ++checks_.not_recomputable;
    else
      return recheck.what;
    return {};
  }

  const Result<Dossier>& dossier_of(Engines::const_iterator engine) {
    auto found = dossiers_.find(engine->first);
    if (found != dossiers_.end()) return found->second;
    auto end = facts_.end();
    if (auto next = std::next(engine); next != engines_.end()) {
      end = std::partition_point(facts_.begin(), facts_.end(),
                                 [&next](const Fact& fact) { return fact.index < next->first; });
    }
    return dossiers_
        .emplace(engine->first, read_dossier(subject_, std::span<const Fact>{facts_.begin(), end},
                                             engine->second.programme()))
        .first->second;
  }

  const std::string& subject_;
  const std::vector<Fact>& facts_;
  const Engines& engines_;
  std::span<const std::uint64_t> erased_;
  std::map<std::uint64_t, Result<Dossier>> dossiers_;  // by the fact of the programme
  ScoreChecks checks_;
};

}  // namespace

ScoreChecks recheck_scores(const std::string& subject, const std::vector<Fact>& facts,
                           const std::map<std::uint64_t, Engine>& engines,
                           std::span<const std::uint64_t> erased) {
  return Rechecking{subject, facts, engines, erased}.run();
}

}  // namespace credence
