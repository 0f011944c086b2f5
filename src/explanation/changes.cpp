#include <credence/explanation/changes.h>
#include <credence/explanation/what_if.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace credence {

namespace {

// In the order in which they are applied; the first is either of two, so it stands apart.
constexpr std::array kLater{Cause::time,    Cause::consent, Cause::corrected, Cause::restored,
                            Cause::deleted, Cause::frozen,  Cause::new_record};

struct Span {
  AsOf from, to;
};

bool is_at_least(Cause reached, Cause wanted) {
  return static_cast<int>(reached) >= static_cast<int>(wanted);
}

// The record at the start of a chain of corrections.
std::uint64_t first_of(const Dossier& dossier, std::uint64_t index) {
  for (std::size_t steps = 0; steps <= dossier.events.size(); ++steps) {
    auto found = std::ranges::find(dossier.events, index, &EventFact::index);
    if (found == dossier.events.end() || !found->corrects) return index;
    index = *found->corrects;
  }
  return index;
}

bool is_seen(const Dossier& dossier, const EventFact& event, const Span& span, Cause reached) {
  if (event.index < span.from.known || is_at_least(reached, Cause::new_record)) return true;
  bool corrects_old = event.corrects && first_of(dossier, event.index) < span.from.known;
  return corrects_old && is_at_least(reached, Cause::corrected);
}

// A dispute as it stood when facts from `known` on were not there; nothing when it was not open
// yet.
std::optional<Dispute> as_known(Dispute dispute, std::uint64_t known) {
  if (dispute.index >= known) return std::nullopt;
  if (dispute.decided && dispute.decided->index >= known) dispute.decided.reset();
  return dispute;
}

Cause cause_of(const Dispute& later) {
  if (!later.decided) return Cause::frozen;
  switch (later.decided->outcome) {
    case DisputeOutcome::corrected:
      return Cause::corrected;
    case DisputeOutcome::deleted:
      return Cause::deleted;
    case DisputeOutcome::kept:
      return Cause::restored;
  }
  stop_on_defect("cause_of: unknown outcome of a dispute");
}

Consents consents_known(const Consents& all, std::uint64_t known) {
  Consents seen;
  for (Grant grant : all.grants()) {
    if (grant.index >= known) continue;
    if (grant.withdrawn_by && *grant.withdrawn_by >= known) {
      grant.withdrawn_by.reset();
      grant.withdrawn.reset();
    }
    seen.add(std::move(grant));
  }
  return seen;
}

// The dossier between two moments: as at the first, with every cause up to `reached` applied.
Dossier dossier_at(const Dossier& dossier, const Span& span, Cause reached) {
  Dossier seen;
  seen.subject = dossier.subject;
  for (const EventFact& event : dossier.events) {
    if (is_seen(dossier, event, span, reached)) seen.events.push_back(event);
  }
  for (const Dispute& dispute : dossier.disputes) {
    std::optional<Dispute> after = as_known(dispute, span.to.known);
    if (!after) continue;
    bool moved = dispute.index >= span.from.known ||
                 (after->decided && after->decided->index >= span.from.known);
    std::optional<Dispute> now = after;
    if (moved && !is_at_least(reached, cause_of(*after))) now = as_known(dispute, span.from.known);
    if (now) seen.disputes.push_back(std::move(*now));
  }
  bool consents_moved = is_at_least(reached, Cause::consent);
  seen.consents =
      consents_known(dossier.consents, consents_moved ? span.to.known : span.from.known);
  return seen;
}

AsOf as_of_at(const Span& span, Cause reached) {
  return {.date = is_at_least(reached, Cause::time) ? span.to.date : span.from.date,
          .known = std::max(span.from.known, span.to.known),
          .asked = is_at_least(reached, Cause::consent) ? span.to.asked : span.from.asked};
}

// What one line gave at one step.
struct Point {
  int points = 0;
  std::vector<std::uint64_t> facts;
};

class Differences {
 public:
  Differences(const IssuedScore& earlier, const LawfulProgramme& programme, const Dossier& dossier)
      : programme_(programme), dossier_(dossier), base_(earlier.base) {
    for (const IssuedScore::IssuedTerm& term : earlier.terms) {
      line(term.feature).before = term.points;
      last_.push_back({.points = term.points, .facts = term.facts});
    }
  }

  void apply(Cause cause, const Score& score, const Features& features) {
    move_base(cause, score.base);
    std::vector<bool> met(lines_.size(), false);
    for (const Term& term : score.terms) {
      auto feature = static_cast<std::size_t>(term.feature);
      std::size_t at = position(programme_->features.at(feature).id);
      met.resize(lines_.size(), false);
      met[at] = true;
      move(at, cause, {.points = term.points, .facts = features.values.at(feature).facts});
    }
    // A question that the rules no longer ask gives nothing.
    for (std::size_t at = 0; at < met.size(); ++at) {
      if (!met[at]) move(at, cause, {});
    }
  }

  std::vector<ChangedLine> take() {
    std::vector<ChangedLine> moved;
    if (!base_line_.moves.empty()) moved.push_back(std::move(base_line_));
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      lines_[at].after = last_[at].points;
      if (!lines_[at].moves.empty()) moved.push_back(std::move(lines_[at]));
    }
    return moved;
  }

 private:
  ChangedLine& line(const std::string& id) {
    int feature = programme_->find_feature(id);
    Text question = feature < 0
                        ? Text{id, id}
                        : programme_->features.at(static_cast<std::size_t>(feature)).question;
    lines_.push_back(
        {.id = id, .question = std::move(question), .before = 0, .after = 0, .moves = {}});
    return lines_.back();
  }
  std::size_t position(const std::string& id) {
    auto found = std::ranges::find(lines_, id, &ChangedLine::id);
    if (found != lines_.end()) return static_cast<std::size_t>(found - lines_.begin());
    line(id);
    last_.emplace_back();
    return lines_.size() - 1;
  }
  void move(std::size_t at, Cause cause, Point now) {
    int points = now.points - last_[at].points;
    if (points != 0) {
      PointsMove move{.cause = cause, .points = points, .records = {}};
      std::ranges::set_symmetric_difference(last_[at].facts, now.facts,
                                            std::back_inserter(move.records));
      if (cause == Cause::erased && were_deleted(move.records)) move.cause = Cause::deleted;
      lines_[at].moves.push_back(std::move(move));
    }
    last_[at] = std::move(now);
  }
  // A dispute that deletes a record has it destroyed as well; the dispute is the cause to name.
  bool were_deleted(const std::vector<std::uint64_t>& records) const {
    auto was_deleted = [this](std::uint64_t record) {
      return std::ranges::any_of(dossier_.disputes, [record](const Dispute& dispute) {
        return dispute.record == record && dispute.decided &&
               dispute.decided->outcome == DisputeOutcome::deleted;
      });
    };
    return !records.empty() && std::ranges::all_of(records, was_deleted);
  }
  void move_base(Cause cause, int base) {
    if (base == base_) return;
    if (base_line_.moves.empty()) {
      base_line_.question = {"Base points", "Points de base"};
      base_line_.before = base_;
    }
    base_line_.moves.push_back({.cause = cause, .points = base - base_, .records = {}});
    base_line_.after = base;
    base_ = base;
  }

  const LawfulProgramme& programme_;
  const Dossier& dossier_;
  int base_;
  ChangedLine base_line_;
  std::vector<ChangedLine> lines_;
  std::vector<Point> last_;  // INVARIANT: one per line
};

}  // namespace

const Text& name_of(Cause cause) {
  static const std::array<Text, 9> names{{
      {"the rules changed", "les règles ont changé"},
      {"a record was erased", "une donnée a été effacée"},
      {"time passed, or a record grew too old to count",
       "le temps a passé, ou une donnée est devenue trop ancienne pour compter"},
      {"a consent was given, ended or was taken back",
       "un accord a été donné, a pris fin ou a été retiré"},
      {"a record was corrected", "une donnée a été corrigée"},
      {"a disputed record counts again", "une donnée contestée compte à nouveau"},
      {"a record was deleted after a dispute", "une donnée a été supprimée après une contestation"},
      {"a disputed record stopped counting", "une donnée contestée a cessé de compter"},
      {"a new record arrived", "une nouvelle donnée est arrivée"},
  }};
  return names.at(static_cast<std::size_t>(cause));
}

Changes changes(const IssuedScore& earlier, const LawfulProgramme& programme, const Card& card,
                std::uint64_t programme_fact, const Dossier& dossier, const Assessment& later) {
  Changes changes{.before_as_of = earlier.as_of,
                  .after_as_of = later.features.as_of,
                  .before = {},
                  .after = {},
                  .lines = {}};
  if (earlier.enough) changes.before = earlier.total;
  if (later.score() != nullptr) changes.after = later.score()->total;
  if (!changes.before || !changes.after) return changes;

  Span span{earlier.as_of, later.features.as_of};
  Differences differences{earlier, programme, dossier};
  auto apply = [&](Cause cause) {
    Dossier seen = dossier_at(dossier, span, cause);
    Features features = derive(programme, seen, as_of_at(span, cause));
    differences.apply(cause, points_of_answers(features, card, programme), features);
  };
  bool same_rules =
      earlier.programme_fact == programme_fact && earlier.card_hash == sha256(card.text());
  apply(same_rules ? Cause::erased : Cause::rules);
  for (Cause cause : kLater) apply(cause);
  changes.lines = differences.take();
  return changes;
}

}  // namespace credence
