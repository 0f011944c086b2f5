#include <credence/binning/bin_desk_state.h>
#include <credence/cli/binning_view.h>
#include <credence/cli/desk_session.h>
#include <credence/cli/desk_view.h>
#include <credence/terminal/files.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace credence {

namespace {

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return a == b || (std::filesystem::equivalent(a, b, error) && !error);
}

}  // namespace

DeskSession::DeskSession(BinDesk desk, DeskPlan plan, Tongue tongue)
    : desk_(std::move(desk)), plan_(std::move(plan)), tongue_(tongue) {
  for (std::size_t i = 0; i < desk_.size(); ++i) written_.push_back(desk_.state(i));
}

DeskSession::Told DeskSession::tell(const Finding& finding) const {
  std::string text = fmt::format("error[{}]: ", finding.code);
  if (finding.where.line > 0) text += fmt::format("{}:{}: ", plan_.path, finding.where.line);
  text += finding.message.in(tongue_.language()) + "\n";
  const std::string& help = finding.help.in(tongue_.language());
  if (!help.empty()) text += fmt::format("  = {}{}\n", tongue_.say({"help: ", "aide : "}), help);
  return {Ending::refused, printable(text)};
}

DeskSession::Told DeskSession::run_line(std::string_view line) {
  auto read = read_desk_line(line);
  if (auto* wrong = std::get_if<Finding>(&read)) return tell(*wrong);
  return run(std::get<DeskLine::Wish>(read));
}

DeskSession::Told DeskSession::run(const DeskLine::Wish& wish) {
  if (const auto* command = std::get_if<BinDesk::Command>(&wish)) return apply(*command);
  if (const auto* write_to = std::get_if<DeskLine::Write>(&wish)) return write(write_to->path);
  if (const auto* leave = std::get_if<DeskLine::Quit>(&wish)) return quit(leave->without_writing);
  if (const auto* asked = std::get_if<DeskLine::Help>(&wish)) return help(asked->word);
  if (std::holds_alternative<DeskLine::Show>(wish))
    return {Ending::done, desk_page(desk_, tongue_)};
  if (std::holds_alternative<DeskLine::List>(wish))
    return {Ending::done, desk_list(desk_, tongue_)};
  if (std::holds_alternative<DeskLine::Proof>(wish)) {
    const BinDesk::State& state = desk_.current();
    if (!state.best) return {Ending::done, reason_text(*state.no_best, tongue_) + "\n"};
    return {Ending::done, printable(certificate_text(*state.bins, tongue_) +
                                    candidates_text(*state.best, tongue_))};
  }
  return {};
}

DeskSession::Told DeskSession::apply(const BinDesk::Command& command) {
  const BinDesk::Answer answer = desk_.apply(command);
  if (const auto* refused = std::get_if<Finding>(&answer)) return tell(*refused);
  const auto& change = std::get<BinDesk::Change>(answer);
  return {Ending::done, joined_lines(change_lines(change, tongue_))};
}

DeskSession::Told DeskSession::help(const std::string& word) const {
  std::string text = desk_help(word, tongue_);
  if (!text.empty()) return {Ending::done, std::move(text)};
  return tell(desk_finding("desk.line",
                           {fmt::format("`{}` is no command here", word),
                            fmt::format("« {} » n'est pas une commande ici", word)},
                           {"`help` lists them", "« aide » les montre toutes"}));
}

std::vector<std::size_t> DeskSession::undecided_in_plan() const {
  std::vector<std::size_t> variables;
  for (std::size_t i = 0; i < desk_.size(); ++i)
    if (desk_.state(i) != written_[i]) variables.push_back(i);
  return variables;
}

std::vector<std::string> DeskSession::unwritten() const {
  std::vector<std::string> names;
  for (std::size_t i : undecided_in_plan()) names.push_back(desk_.column(i).name());
  return names;
}

std::optional<Finding> DeskSession::needs_reasons(const std::vector<std::size_t>& variables) const {
  std::vector<std::string> names;
  for (std::size_t i : variables)
    if (desk_.state(i)->by_hand && desk_.state(i)->because.empty())
      names.push_back(desk_.column(i).name());
  if (names.empty()) return std::nullopt;
  return desk_finding("desk.because",
                      {fmt::format("bins by hand without a reason: {}", fmt::join(names, ", ")),
                       fmt::format("classes à la main sans motif : {}", fmt::join(names, ", "))},
                      {"`go NAME`, then `because \"...\"`; an override needs its reason",
                       "« aller NOM », puis « motif \"...\" » ; une dérogation exige son motif"});
}

// A file is changed when it was read, and made when it is not there; nothing else is written over.
std::variant<DeskPlan, Finding> DeskSession::place_for(const std::string& path) const {
  const std::string to = path.empty() ? plan_.path : path;
  if (to.empty())
    return desk_finding("desk.write", {"no plan was named", "aucun plan n'a été nommé"},
                        {"as in `write bins.toml`", "par exemple « écrire bins.toml »"});
  std::error_code error;
  const bool is_there = std::filesystem::exists(std::filesystem::symlink_status(to, error));
  const bool is_plan = plan_.exists && is_same_file(to, plan_.path);
  if (is_there && !is_plan)
    return desk_finding(
        "desk.write",
        {fmt::format("`{}` is there already, and this desk did not read it", to),
         fmt::format("« {} » existe déjà, et cet établi ne l'a pas lu", to)},
        {"name a new file, or start with `--plan` and that file to change it",
         "nommez un nouveau fichier, ou commencez par « --plan » et ce fichier pour le changer"});
  DeskPlan place = plan_;
  place.path = to;
  if (!is_plan) return place;
  auto text = read_text(to);
  if (text && *text == plan_.text) return place;
  return desk_finding(
      "desk.write",
      {fmt::format("`{}` was changed by somebody else since it was read", to),
       fmt::format("« {} » a été changé par quelqu'un d'autre depuis sa lecture", to)},
      {"write to a new file, and compare the two", "écrivez dans un nouveau fichier, et comparez"});
}

DeskSession::Told DeskSession::write(const std::string& path) {
  const std::vector<std::size_t> variables = undecided_in_plan();
  auto place = place_for(path);
  if (auto* refused = std::get_if<Finding>(&place)) return tell(*refused);
  DeskPlan& plan = std::get<DeskPlan>(place);
  if (variables.empty() && plan.path == plan_.path)
    return {Ending::done, tongue_.say({"nothing to write: no decision is new\n",
                                       "rien à écrire : aucune décision n'est nouvelle\n"})};
  if (auto refused = needs_reasons(variables)) return tell(*refused);
  std::vector<DeskDecision> decisions;
  for (std::size_t i : variables) decisions.push_back({&desk_.column(i), desk_.state(i).get()});
  auto text = with_decisions(plan, decisions);
  if (auto* refused = std::get_if<Finding>(&text)) return tell(*refused);
  plan.text = std::get<std::string>(std::move(text));
  if (auto written = write_file(plan.path, plan.text); !written) {
    const Error& error = written.error();
    return tell(desk_finding(
        error.code,
        {to_text(error), fmt::format("le plan n'a pas pu être écrit : {}", to_text(error))},
        {"nothing is lost; write to another place", "rien n'est perdu ; écrivez ailleurs"}));
  }
  plan.exists = true;
  plan_ = std::move(plan);
  for (std::size_t i : variables) written_[i] = desk_.state(i);
  return {Ending::done,
          printable(tongue_.say(
              {"{1}: variables decided: {2}; `credence train --plan {1}` does it so\n",
               "{1} : variables décidées : {2} ; « credence train --plan {1} » s'y tient\n"},
              {plan_.path, std::to_string(variables.size())}))};
}

DeskSession::Told DeskSession::quit(bool without_writing) const {
  const std::vector<std::string> names = unwritten();
  if (names.empty() || without_writing) return {Ending::leave, ""};
  return tell(desk_finding("desk.unwritten",
                           {fmt::format("decided and not written: {}", fmt::join(names, ", ")),
                            fmt::format("décidé et non écrit : {}", fmt::join(names, ", "))},
                           {"`write FILE` keeps it; `quit without writing` leaves without",
                            "« écrire FICHIER » le garde ; « quitter sans écrire » s'en passe"}));
}

}  // namespace credence
