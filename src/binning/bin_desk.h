#pragma once

#include <credence/base/finding.h>
#include <credence/binning/binning.h>
#include <credence/binning/rules.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace credence {

// Bins by hand: some variables of one history, each with its rules, the optimum under them and the
// bins that hold now. Every command gives the state before and the state after it, so that its
// consequences can be shown; what it cannot do is a finding (desk.*) in both languages that tells
// how to mend it, and changes nothing. Bins, groups and edges count from 1, edge n lies between
// bins n and n + 1. Undo gives back the very state that was there before.
class BinDesk {
 public:
  enum class Place { by_selection, kept, left_out };  // of a variable, in the card

  struct Input {
    Column column;
    VariableRules rules;
    Place place = Place::by_selection;
    std::optional<Cells> bins = {};  // by hand, from earlier on
    std::string because = {};
  };

  // What holds of one variable. A state is replaced and never changed.
  struct State {
    VariableRules rules;
    Place place = Place::by_selection;
    bool by_hand = false;
    std::string because;                  // the reason for bins by hand
    std::shared_ptr<const Binning> best;  // under the rules; null: `no_best` tells why
    std::optional<Finding> no_best;
    std::shared_ptr<const Binning> bins;  // what holds; null where the column cannot be binned
  };
  using Held = std::shared_ptr<const State>;

  struct Join {
    int first = 0;
    std::optional<int> second = {};  // none: the next. Of numbers all bins between them join too
  };
  struct Split {
    int bin = 0;
    std::optional<double> at = {};  // none: the best cut under the rules
  };
  struct MoveEdge {
    int edge = 0;
    double to = 0;
  };
  struct TakeOut {  // a text, out of its group into one of its own
    std::string text;
  };
  struct PutInto {
    std::string text;
    int group = 0;
  };
  struct SetBins {
    std::optional<int> least = {}, most = {};
  };
  struct SetTrend {
    Trend trend = Trend::automatic;
  };
  struct SetLeastShare {
    double share = 0;
  };
  struct TakeBest {};
  struct SetPlace {
    Place place = Place::by_selection;
  };
  struct GiveReason {
    std::string because;
  };
  struct Undo {};
  struct Redo {};
  struct Step {
    int by = 1;  // variables onwards; backwards when negative
  };
  struct Go {
    std::string name;
  };
  using Command = std::variant<Join, Split, MoveEdge, TakeOut, PutInto, SetBins, SetTrend,
                               SetLeastShare, TakeBest, SetPlace, GiveReason, Undo, Redo, Step, Go>;

  struct Change {
    std::size_t variable = 0;
    Held before, after;  // one and the same where nothing was decided
    std::vector<Text> notes = {};
  };
  using Answer = std::variant<Change, Finding>;

  // Solves all of them on `threads` threads; never changes the result. REQUIRES: at least one
  // input; names differ.
  BinDesk(std::vector<Input> inputs, Outcome outcome, int threads);

  Answer apply(const Command& command);

  std::size_t size() const { return columns_.size(); }
  std::size_t at() const { return at_; }
  const Column& column(std::size_t variable) const { return columns_[variable]; }
  const Held& state(std::size_t variable) const { return held_[variable]; }
  const State& current() const { return *held_[at_]; }
  std::size_t undoable() const { return done_; }
  std::size_t redoable() const { return steps_.size() - done_; }

 private:
  struct Decision {
    std::size_t variable = 0;
    Held before, after;
  };
  using NewState = std::variant<State, Finding>;

  NewState by_hand(Cells cells) const;
  NewState solved(VariableRules rules) const;
  Answer keep(State state, std::vector<Text> notes = {});
  Answer keep(NewState state, std::vector<Text> notes = {});
  Answer nothing_changes() const;
  std::optional<Finding> not_a_bin(int bin) const;
  std::optional<Finding> needs(Column::Kind kind) const;

  Answer run(const Join& join);
  Answer run(const Split& split);
  Answer run(const MoveEdge& move);
  Answer run(const TakeOut& take);
  Answer run(const PutInto& put);
  Answer run(const SetBins& set);
  Answer run(const SetTrend& set);
  Answer run(const SetLeastShare& set);
  Answer run(const TakeBest& best);
  Answer run(const SetPlace& set);
  Answer run(const GiveReason& give);
  Answer run(const Undo& undo);
  Answer run(const Redo& redo);
  Answer run(const Step& step);
  Answer run(const Go& go);

  std::vector<Column> columns_;
  Outcome outcome_;
  std::vector<Held> held_;  // per variable
  std::size_t at_ = 0;
  std::vector<Decision> steps_;  // INVARIANT: the first `done_` hold, the others were undone
  std::size_t done_ = 0;
};

// What the bins that hold break of their rules, as far as it is seen in single bins (from 1).
struct BrokenRules {
  std::vector<int> against_trend;  // the rate of this bin leaves the way of those before
  std::vector<int> too_small;      // less than the least share
  std::vector<int> too_few_bad, too_few_good;
  bool operator==(const BrokenRules&) const = default;
};
BrokenRules broken_rules(const BinDesk::State& state);

// How much the bins tell, and how much the best ones under the rules do: the information value, or
// the objective where another divergence is maximised. None where there are no bins.
std::optional<double> worth_of_bins(const BinDesk::State& state);
std::optional<double> worth_of_best(const BinDesk::State& state);

}  // namespace credence
