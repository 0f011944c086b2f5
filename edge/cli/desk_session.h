#pragma once

#include <credence/binning/bin_desk.h>
#include <credence/cli/desk_line.h>
#include <credence/cli/desk_plan.h>
#include <credence/terminal/tongue.h>

#include <string>
#include <vector>

namespace credence {

// One sitting at the desk of bins, whichever way it is seen: what lines and keys wish is done here,
// and what came of it is told in text. The plan's file is read and written here too.
class DeskSession {
 public:
  enum class Ending { done, refused, leave };
  struct Told {
    Ending ending = Ending::done;
    std::string text;  // whole lines
  };

  DeskSession(BinDesk desk, DeskPlan plan, Tongue tongue);

  Told run(const DeskLine::Wish& wish);
  Told run_line(std::string_view line);

  const BinDesk& desk() const { return desk_; }
  const Tongue& tongue() const { return tongue_; }
  const DeskPlan& plan() const { return plan_; }
  std::string name() const { return desk_.column(desk_.at()).name(); }
  // The variables about which something was decided that no plan says yet.
  std::vector<std::string> unwritten() const;

 private:
  Told tell(const Finding& finding) const;
  Told apply(const BinDesk::Command& command);
  Told write(const std::string& path);
  Told quit(bool without_writing) const;
  Told help(const std::string& word) const;
  std::vector<std::size_t> undecided_in_plan() const;
  std::optional<Finding> needs_reasons(const std::vector<std::size_t>& variables) const;
  std::variant<DeskPlan, Finding> place_for(const std::string& path) const;

  BinDesk desk_;
  DeskPlan plan_;
  Tongue tongue_;
  std::vector<BinDesk::Held> written_;  // what the plan says, per variable
};

}  // namespace credence
