#include <credence/base/expects.h>
#include <credence/charter/embedded.h>
#include <credence/charter/requirement.h>

#include <algorithm>
#include <array>

namespace credence {

namespace {

using Test = Requirement::Test;

constexpr std::array<std::pair<std::string_view, Test>, 12> kTests{
    {{"one_of", Test::one_of},
     {"is", Test::is},
     {"filled", Test::filled},
     {"text", Test::text},
     {"text_or_string", Test::text_or_string},
     {"list", Test::list},
     {"integer", Test::integer},
     {"decimal", Test::decimal},
     {"period", Test::period},
     {"cadence", Test::cadence},
     {"date", Test::date},
     {"address", Test::address}}};

Test load_test(std::string_view name) {
  auto found =
      std::find_if(kTests.begin(), kTests.end(), [&](const auto& t) { return t.first == name; });
  expects(found != kTests.end(), "charter: a requirement names no test");
  return found->second;
}

// A bound is a number, or a period or cadence as text.
void load_bound(const TomlNode* node, Test test, std::optional<double>& number,
                std::optional<Period>& period) {
  if (node == nullptr) return;
  if (const std::int64_t* integer = node->integer()) {
    number = static_cast<double>(*integer);
  } else if (const TomlNode::Float* decimal = node->floating()) {
    number = decimal->value;
  } else {
    expects(node->string() != nullptr, "charter: a bound is no number and no text");
    if (test == Test::cadence) {
      auto seconds = parse_cadence(*node->string());
      expects(seconds.has_value(), "charter: a bound is no cadence");
      number = static_cast<double>(*seconds);
    } else {
      period = parse_period(*node->string());
      expects(period.has_value(), "charter: a bound is no period");
    }
  }
}

Requirement load_requirement(const TomlNode& row) {
  Requirement requirement;
  requirement.article = embedded_string(row, "article");
  requirement.path = embedded_string(row, "path");
  requirement.test = load_test(embedded_string(row, "test"));
  requirement.one_of = embedded_strings(row, "one_of");
  requirement.is = embedded_flag(row, "is");
  load_bound(row.find("least"), requirement.test, requirement.least, requirement.least_period);
  load_bound(row.find("most"), requirement.test, requirement.most, requirement.most_period);
  requirement.packs = embedded_strings(row, "packs");
  requirement.classes = embedded_strings(row, "classes");
  requirement.optional = embedded_flag(row, "optional");
  return requirement;
}

}  // namespace

std::vector<Requirement> load_requirements(const TomlNode& document) {
  std::vector<Requirement> requirements;
  for (const TomlNode& row : embedded_list(document, "require")) {
    requirements.push_back(load_requirement(row));
  }
  return requirements;
}

std::optional<std::int64_t> parse_cadence(std::string_view text) {
  std::size_t digits = 0;
  std::int64_t number = 0;
  // Six digits are more seconds than a day has.
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    if (digits == 6) return std::nullopt;
    number = number * 10 + (text[digits] - '0');
  }
  if (digits == 0 || digits >= text.size() || text[digits] != ' ' || number == 0)
    return std::nullopt;
  std::string_view unit = text.substr(digits + 1);
  if (unit.ends_with('s')) unit.remove_suffix(1);
  if (unit == "second") return number;
  if (unit == "minute") return number * 60;
  if (unit == "hour") return number * 3600;
  if (unit == "day") return number * 86400;
  return std::nullopt;
}

bool longer(Period a, Period b) {
  const Date start{std::chrono::year{2001} / std::chrono::January / 1};
  return add(start, a) > add(start, b);
}

}  // namespace credence
