#include <credence/native/errors.h>
#include <credence/native/rules.h>
#include <fmt/format.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <utility>

namespace credence {

namespace nb = nanobind;

namespace {

constexpr std::pair<std::string_view, Divergence> kDivergences[] = {
    {"iv", Divergence::iv},
    {"js", Divergence::js},
    {"hellinger", Divergence::hellinger},
    {"triangular", Divergence::triangular}};
constexpr std::pair<std::string_view, Trend> kTrends[] = {
    {"auto", Trend::automatic},      {"automatic", Trend::automatic},   {"none", Trend::none},
    {"ascending", Trend::ascending}, {"descending", Trend::descending}, {"peak", Trend::peak},
    {"valley", Trend::valley},       {"concave", Trend::concave},       {"convex", Trend::convex}};
constexpr std::pair<std::string_view, SizeBasis> kBases[] = {{"records", SizeBasis::records},
                                                             {"weight", SizeBasis::weight}};
constexpr std::pair<std::string_view, PValuePolicy> kPolicies[] = {
    {"consecutive", PValuePolicy::consecutive}, {"all", PValuePolicy::all}};
constexpr std::pair<std::string_view, Prebinning> kPrebinnings[] = {
    {"cart", Prebinning::cart},
    {"quantile", Prebinning::quantile},
    {"uniform", Prebinning::uniform},
    {"mdlp", Prebinning::mdlp},
    {"splits", Prebinning::splits}};
constexpr std::pair<std::string_view, AbsencePolicy> kAbsences[] = {
    {"empirical", AbsencePolicy::empirical},
    {"neutral", AbsencePolicy::neutral},
    {"worst", AbsencePolicy::worst},
    {"nearest", AbsencePolicy::nearest},
    {"fixed", AbsencePolicy::fixed}};
constexpr std::pair<std::string_view, OnInfeasible> kInfeasible[] = {
    {"error", OnInfeasible::error},
    {"relax", OnInfeasible::relax},
    {"one_bin", OnInfeasible::one_bin}};

template <class Choice, std::size_t count>
std::string name_of(Choice wanted, const std::pair<std::string_view, Choice> (&choices)[count]) {
  for (const auto& [name, choice] : choices) {
    if (choice == wanted) return std::string{name};
  }
  return {};
}

[[noreturn]] void raise_type(const char* key, const char* wanted, nb::handle given) {
  throw nb::type_error(
      fmt::format("{} must be {}, not {}", key, wanted, Py_TYPE(given.ptr())->tp_name).c_str());
}

// "missing" and its like: a policy's name, or a number, which is a weight of evidence.
void read_absence(const Settings& settings, const char* key, Absence& absence) {
  const nb::object given = settings.find(key);
  if (given.is_none()) return;
  if (!nb::isinstance<nb::str>(given)) {
    absence.policy = AbsencePolicy::fixed;
    settings.read(key, absence.value);
    return;
  }
  absence.policy = choice_of(settings, key, absence.policy, kAbsences);
}

void read_limits(const Settings& settings, BinningRules& rules) {
  rules.divergence = choice_of(settings, "divergence", rules.divergence, kDivergences);
  rules.trend = choice_of(settings, "trend", rules.trend, kTrends);
  settings.read("strict_shape", rules.strict_shape);
  settings.read("min_bins", rules.min_bins);
  settings.read("max_bins", rules.max_bins);
  settings.read("min_bin_share", rules.min_bin_share);
  settings.read("max_bin_share", rules.max_bin_share);
  settings.read("min_bin_events", rules.min_bin_events);
  settings.read("max_bin_events", rules.max_bin_events);
  settings.read("min_bin_nonevents", rules.min_bin_nonevents);
  settings.read("max_bin_nonevents", rules.max_bin_nonevents);
  settings.read("min_rate_difference", rules.min_rate_difference);
  settings.read("max_p_value", rules.max_p_value);
  rules.p_value_policy = choice_of(settings, "p_value_policy", rules.p_value_policy, kPolicies);
  settings.read("gamma", rules.gamma);
  rules.size_basis = choice_of(settings, "size_basis", rules.size_basis, kBases);
}

template <class T>
void read_list(const Settings& settings, const char* key, const char* wanted, T& out) {
  const nb::object given = settings.find(key);
  if (given.is_none()) return;
  if (!nb::try_cast(given, out)) raise_type(key, wanted, given);
}

void read_prebins(const Settings& settings, PrebinRules& rules) {
  rules.method = choice_of(settings, "prebinning", rules.method, kPrebinnings);
  settings.read("max_prebins", rules.max_prebins);
  settings.read("min_prebin_share", rules.min_share);
  read_list(settings, "splits", "a list of numbers", rules.splits);
  read_list(settings, "fixed", "a list of bool", rules.fixed);
  read_list(settings, "groups", "a list of lists of str", rules.groups);
}

[[noreturn]] void raise_cells(const char* what, const char* how) {
  raise(Error{.code = "binning.cells", .message = what, .help = how});
}

void check_edges(const std::vector<double>& edges) {
  for (const double edge : edges) {
    if (!std::isfinite(edge)) raise_cells("an edge of bins is not finite", "write finite numbers");
  }
  if (!std::ranges::is_sorted(edges, std::less_equal<double>{})) {
    raise_cells("the edges of bins do not ascend", "write each once, the least first");
  }
}

void check_specials(const std::vector<SpecialCode>& specials) {
  std::set<double> numbers;
  for (const SpecialCode& code : specials) {
    for (const double number : code.numbers) {
      if (number != number) raise_cells("NaN is no special code", "NaN is missing already");
      if (numbers.insert(number).second) continue;
      raise_cells("a number is in two special codes", "name each once");
    }
  }
}

void check_groups(const std::vector<std::vector<std::string>>& groups,
                  const std::vector<SpecialCode>& specials) {
  std::set<std::string> texts;
  const auto add = [&](const std::string& text) {
    if (!texts.insert(text).second) raise_cells("a text is in two bins", "name each once");
  };
  for (const auto& group : groups) std::ranges::for_each(group, add);
  for (const SpecialCode& code : specials) std::ranges::for_each(code.texts, add);
}

nb::dict to_dict(const BinningRules& rules) {
  nb::dict out;
  out["divergence"] = to_text(rules.divergence);
  out["trend"] = name_of(rules.trend, kTrends);
  out["strict_shape"] = rules.strict_shape;
  out["min_bins"] = rules.min_bins;
  out["max_bins"] = rules.max_bins;
  out["min_bin_share"] = rules.min_bin_share;
  out["max_bin_share"] = rules.max_bin_share;
  out["min_bin_events"] = rules.min_bin_events;
  out["max_bin_events"] = rules.max_bin_events;
  out["min_bin_nonevents"] = rules.min_bin_nonevents;
  out["max_bin_nonevents"] = rules.max_bin_nonevents;
  out["min_rate_difference"] = rules.min_rate_difference;
  out["max_p_value"] = rules.max_p_value;
  out["p_value_policy"] = name_of(rules.p_value_policy, kPolicies);
  out["gamma"] = rules.gamma;
  out["size_basis"] = name_of(rules.size_basis, kBases);
  return out;
}

}  // namespace

void raise_choice(const char* key, const std::string& given, const std::string& known) {
  raise(Error{.code = "binning.rules",
              .message = fmt::format("{} is '{}'", key, given),
              .help = fmt::format("write one of {}", known)});
}

void Settings::check_range(const char* key, double value, double least, double most) {
  if (value >= least && value <= most) return;
  raise(Error{.code = "training.plan",
              .message = fmt::format("{} is {}", key, value),
              .help = fmt::format("it is at least {} and at most {}", least, most)});
}

Settings::Settings(const nb::dict& values) {
  entries_.reserve(values.size());
  for (const auto& [name, value] : values) {
    Py_ssize_t length = 0;
    const char* letters = nullptr;
    if (PyUnicode_Check(name.ptr())) letters = PyUnicode_AsUTF8AndSize(name.ptr(), &length);
    if (letters == nullptr) {
      PyErr_Clear();  // no key of ours is anything but plain letters
      continue;
    }
    const std::string_view key{letters, static_cast<std::size_t>(length)};
    entries_.push_back({key, nb::borrow(name), nb::borrow(value)});
  }
}

const Settings::Entry* Settings::entry(const char* key) const {
  const auto found = std::ranges::find(entries_, std::string_view{key}, &Entry::key);
  return found == entries_.end() ? nullptr : &*found;
}

bool Settings::has(const char* key) const {
  return entry(key) != nullptr;
}

nb::object Settings::find(const char* key) const {
  const Entry* found = entry(key);
  return found == nullptr ? nb::none() : found->value;
}

void Settings::read(const char* key, bool& out) const {
  const nb::object given = find(key);
  if (given.is_none()) return;
  const int truth = PyObject_IsTrue(given.ptr());
  if (truth < 0) throw nb::python_error();
  out = truth == 1;
}

void Settings::read(const char* key, int& out) const {
  const nb::object given = find(key);
  if (given.is_none()) return;
  const nb::object whole = nb::steal(PyNumber_Index(given.ptr()));
  if (!whole.is_valid()) {
    PyErr_Clear();
    raise_type(key, "a whole number", given);
  }
  const long value = PyLong_AsLong(whole.ptr());
  const bool too_large = PyErr_Occurred() != nullptr;
  PyErr_Clear();
  if (too_large || value != static_cast<int>(value)) {
    raise(Error{.code = "binning.rules",
                .message = fmt::format("{} is beyond 32 bits", key),
                .help = "write a smaller number"});
  }
  out = static_cast<int>(value);
}

void Settings::read(const char* key, std::size_t& out) const {
  int whole = 0;
  if (find(key).is_none()) return;
  read(key, whole);
  if (whole < 0) {
    raise(Error{.code = "binning.rules",
                .message = fmt::format("{} is negative", key),
                .help = "write 0 or more"});
  }
  out = static_cast<std::size_t>(whole);
}

void Settings::read(const char* key, double& out) const {
  const nb::object given = find(key);
  if (given.is_none()) return;
  const double value = PyFloat_AsDouble(given.ptr());
  if (PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    raise_type(key, "a number", given);
  }
  out = value;
}

void Settings::read(const char* key, std::string& out) const {
  const nb::object given = find(key);
  if (given.is_none()) return;
  if (!nb::isinstance<nb::str>(given)) raise_type(key, "a str", given);
  out = nb::cast<std::string>(given);
}

namespace {

void add_value(SpecialCode& code, nb::handle value) {
  if (nb::isinstance<nb::str>(value)) {
    code.texts.push_back(nb::cast<std::string>(value));
    return;
  }
  const double number = PyFloat_AsDouble(value.ptr());
  if (PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    raise_type("a special code", "a number or a str", value);
  }
  code.numbers.push_back(number);
}

bool is_one_value(nb::handle values) {
  return nb::isinstance<nb::str>(values) || !nb::hasattr(values, "__iter__");
}

nb::dict mapping_of(const char* key, const char* wanted, const nb::object& given) {
  if (nb::isinstance<nb::dict>(given)) return nb::borrow<nb::dict>(given);
  nb::dict copy;
  if (!nb::hasattr(given, "keys")) raise_type(key, wanted, given);
  if (PyDict_Update(copy.ptr(), given.ptr()) != 0) throw nb::python_error();
  return copy;
}

}  // namespace

std::vector<SpecialCode> specials_of(const nb::object& given) {
  std::vector<SpecialCode> codes;
  const nb::dict named = mapping_of("special_codes", "a dict of name to values", given);
  for (const auto& [name, values] : named) {
    SpecialCode code;
    code.name = nb::cast<std::string>(nb::str(name));
    if (is_one_value(values)) {
      add_value(code, values);
    } else {
      for (const nb::handle value : values) add_value(code, value);
    }
    codes.push_back(std::move(code));
  }
  return codes;
}

VariableRules rules_of(const Settings& settings, const VariableRules& defaults) {
  VariableRules rules = defaults;
  read_limits(settings, rules.binning);
  read_prebins(settings, rules.prebins);
  if (!settings.find("special_codes").is_none()) {
    rules.specials = specials_of(settings.find("special_codes"));
  }
  read_absence(settings, "missing", rules.missing);
  read_absence(settings, "special", rules.special);
  read_absence(settings, "unknown", rules.unknown);
  settings.read("rare_share", rules.rare_share);
  settings.read("smoothing", rules.smoothing);
  rules.on_infeasible = choice_of(settings, "on_infeasible", rules.on_infeasible, kInfeasible);
  settings.read("folds", rules.folds);
  return rules;
}

Cells cells_of(const Settings& settings) {
  std::vector<SpecialCode> specials;
  if (!settings.find("specials").is_none()) specials = specials_of(settings.find("specials"));
  check_specials(specials);
  if (settings.find("groups").is_none()) {
    std::vector<double> edges;
    read_list(settings, "edges", "a list of numbers", edges);
    check_edges(edges);
    return Cells::of_numbers(std::move(edges), std::move(specials));
  }
  std::vector<std::vector<std::string>> groups;
  read_list(settings, "groups", "a list of lists of str", groups);
  check_groups(groups, specials);
  return Cells::of_texts(std::move(groups), std::move(specials));
}

nb::dict to_dict(const Cells& cells) {
  nb::dict out;
  nb::dict specials;
  for (const SpecialCode& code : cells.specials()) {
    nb::list values;
    for (const double number : code.numbers) values.append(number);
    for (const std::string& text : code.texts) values.append(text);
    specials[code.name.c_str()] = values;
  }
  if (cells.kind() == Column::Kind::number) {
    out["edges"] = std::vector<double>(cells.edges().begin(), cells.edges().end());
  } else {
    out["groups"] =
        std::vector<std::vector<std::string>>(cells.groups().begin(), cells.groups().end());
  }
  out["specials"] = specials;
  return out;
}

nb::dict to_dict(const BinningProblem& problem) {
  nb::list prebins;
  for (const Tally& tally : problem.prebins) {
    prebins.append(
        std::vector<double>{tally.events, tally.nonevents, tally.records, tally.squares});
  }
  nb::dict out;
  out["prebins"] = prebins;
  out["fixed_after"] = problem.fixed_after;
  out["total"] = problem.total;
  out["rules"] = to_dict(problem.rules);
  return out;
}

BinningProblem problem_of(const Settings& settings) {
  BinningProblem problem;
  std::vector<std::vector<double>> prebins;
  read_list(settings, "prebins", "a list of tallies", prebins);
  for (const std::vector<double>& tally : prebins) {
    if (tally.size() != 4) throw nb::value_error("a tally has four numbers");
    problem.prebins.push_back({tally[0], tally[1], tally[2], tally[3]});
  }
  read_list(settings, "fixed_after", "a list of bool", problem.fixed_after);
  settings.read("total", problem.total);
  const nb::object rules = settings.find("rules");
  if (!nb::isinstance<nb::dict>(rules)) raise_type("rules", "a dict", rules);
  read_limits(Settings{nb::borrow<nb::dict>(rules)}, problem.rules);
  return problem;
}

}  // namespace credence
