#pragma once

#include <credence/binning/rules.h>
#include <credence/optimum/solve.h>
#include <nanobind/nanobind.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace credence {

// A dict of Python read key by key, with messages that name the key. Absent keys and None leave the
// default.
class Settings {
 public:
  explicit Settings(const nanobind::dict& values);

  bool has(const char* key) const;               // also as None
  nanobind::object find(const char* key) const;  // None when absent
  void read(const char* key, bool& out) const;
  void read(const char* key, int& out) const;
  void read(const char* key, std::size_t& out) const;
  void read(const char* key, double& out) const;
  void read(const char* key, std::string& out) const;
  // The same, refusing what lies outside of [least, most], and NaN.
  template <class T>
  void read(const char* key, T& out, double least, double most) const {
    read(key, out);
    if (!find(key).is_none()) check_range(key, static_cast<double>(out), least, most);
  }
  template <class T>
  void read(const char* key, std::optional<T>& out) const {
    if (find(key).is_none()) return;
    T value = {};
    read(key, value);
    out = std::move(value);
  }
  template <class T>
  void read(const char* key, std::optional<T>& out, double least, double most) const {
    read(key, out);
    if (out && !find(key).is_none()) check_range(key, static_cast<double>(*out), least, most);
  }

 private:
  static void check_range(const char* key, double value, double least, double most);

  // Some fifty keys are asked for of each variable, which has two or three: comparing their letters
  // takes a tenth of the time in which Python looks one up, as it makes a str for each.
  struct Entry {
    std::string_view key;
    nanobind::object name, value;  // `name` keeps the letters of `key` alive
  };
  const Entry* entry(const char* key) const;

  std::vector<Entry> entries_;
};

// Names of the choices as Python writes them; raises InputError with the choices otherwise.
template <class Choice, std::size_t count>
Choice choice_of(const Settings& settings, const char* key, Choice otherwise,
                 const std::pair<std::string_view, Choice> (&choices)[count]);
[[noreturn]] void raise_choice(const char* key, const std::string& given, const std::string& known);

template <class Choice, std::size_t count>
Choice choice_of(const Settings& settings, const char* key, Choice otherwise,
                 const std::pair<std::string_view, Choice> (&choices)[count]) {
  std::string given;
  settings.read(key, given);
  if (given.empty()) return otherwise;
  std::string known;
  for (const auto& [name, choice] : choices) {
    if (name == given) return choice;
    known += (known.empty() ? "" : ", ") + std::string{name};
  }
  raise_choice(key, given, known);
}

// `settings` over `defaults`.
VariableRules rules_of(const Settings& settings, const VariableRules& defaults);
// The bins of a card as data: {"edges": [...]} or {"groups": [[...]]}, with "specials". Raises
// InputError for bins that are none.
Cells cells_of(const Settings& settings);

// A dict (or another mapping) of name to values, or to one value; raises TypeError for anything
// else.
std::vector<SpecialCode> specials_of(const nanobind::object& given);

nanobind::dict to_dict(const Cells& cells);
nanobind::dict to_dict(const BinningProblem& problem);
BinningProblem problem_of(const Settings& settings);

}  // namespace credence
