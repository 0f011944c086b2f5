#include <credence/base/text.h>
#include <credence/base/toml.h>
#include <credence/cli/actions_file.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace credence {

namespace {

template <class Value, std::size_t size>
using Names = std::array<std::pair<std::string_view, Value>, size>;
constexpr Names<MoveCost, 3> kCosts = {{{"steps", MoveCost::steps},
                                        {"percentile", MoveCost::percentile},
                                        {"log-percentile", MoveCost::log_percentile}}};
constexpr Names<CostRule, 2> kRules = {{{"sum", CostRule::sum}, {"largest", CostRule::largest}}};
constexpr Names<Diversity, 3> kDiversity = {{{"different-sets", Diversity::different_sets},
                                             {"no-superset", Diversity::no_superset},
                                             {"disjoint", Diversity::disjoint}}};
constexpr int kMost = 1'000'000;

// Reads the members of a table into their places and keeps the first error.
class Members {
 public:
  explicit Members(const TomlNode& table) : table_(table) {}

  const TomlNode* find(std::string_view key) {
    known_.push_back(key);
    return error_ ? nullptr : table_.find(key);
  }
  void decimal(std::string_view key, double& to) {
    std::optional<double> value;
    decimal(key, value);
    if (value) to = *value;
  }
  void decimal(std::string_view key, std::optional<double>& to) {
    const TomlNode* node = find(key);
    if (node == nullptr) return;
    if (node->floating() != nullptr)
      to = node->floating()->value;
    else if (node->integer() != nullptr)
      to = static_cast<double>(*node->integer());
    else
      fail(*node, key, "a number");
  }
  void whole(std::string_view key, int& to) {
    std::optional<int> value;
    whole(key, value);
    if (value) to = *value;
  }
  void whole(std::string_view key, std::optional<int>& to) {
    const TomlNode* node = find(key);
    if (node == nullptr) return;
    if (node->integer() == nullptr || *node->integer() < 0 || *node->integer() > kMost)
      return fail(*node, key, fmt::format("a whole number from 0 to {}", kMost));
    to = static_cast<int>(*node->integer());
  }
  void text(std::string_view key, std::string& to) {
    const TomlNode* node = find(key);
    if (node == nullptr) return;
    if (node->string() == nullptr) return fail(*node, key, "a text");
    to = *node->string();
  }
  template <class Value, std::size_t size>
  void one_of(std::string_view key, const Names<Value, size>& names, Value& to) {
    const TomlNode* node = find(key);
    if (node == nullptr) return;
    std::string known;
    for (const auto& [name, value] : names) {
      if (node->string() != nullptr && *node->string() == name) {
        to = value;
        return;
      }
      known += fmt::format("{}\"{}\"", known.empty() ? "" : " or ", name);
    }
    fail(*node, key, known);
  }
  std::vector<std::string> texts(std::string_view key, const TomlNode* node) {
    std::vector<std::string> out;
    if (node == nullptr) return out;
    if (node->array() == nullptr) fail(*node, key, "a list of names");
    for (std::size_t i = 0; !error_ && i < node->array()->size(); ++i) {
      const TomlNode& item = (*node->array())[i];
      if (item.string() == nullptr)
        fail(item, key, "a list of names");
      else
        out.push_back(*item.string());
    }
    return out;
  }
  void fail(const TomlNode& node, std::string_view key, std::string_view wanted) {
    if (error_) return;
    error_ = Error{"actions.value",
                   fmt::format("`{}` is {}, where {} belongs", key, node.kind(), wanted),
                   node.where(), "docs/formats/actions.md tells every key"};
  }
  void keep(const std::optional<Error>& error) {
    if (!error_) error_ = error;
  }
  // After every key was asked for: the first error, or a key that nobody asked for.
  std::optional<Error> finish() {
    if (error_ || table_.table() == nullptr) return error_;
    for (const TomlNode::Member& member : *table_.table()) {
      if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
      std::string near = nearest(member.key, std::span<const std::string_view>(known_));
      return Error{"actions.key", fmt::format("there is no key `{}` here", member.key),
                   member.key_where,
                   near.empty() ? "docs/formats/actions.md tells every key"
                                : fmt::format("did you mean `{}`?", near)};
    }
    return std::nullopt;
  }

 private:
  const TomlNode& table_;
  std::vector<std::string_view> known_;
  std::optional<Error> error_;
};

std::optional<Error> read_variable(const TomlNode& node, bool named, VariableActions& actions) {
  if (node.table() == nullptr)
    return Error{"actions.value", "a table belongs here", node.where(), ""};
  Members members(node);
  if (named) members.text("name", actions.variable);
  const TomlNode* may = members.find("may");
  if (may != nullptr) {
    std::string_view way;
    if (may->string() != nullptr) way = *may->string();
    if (way != "rise" && way != "fall" && way != "both" && way != "nothing")
      members.fail(*may, "may", "\"rise\", \"fall\", \"both\" or \"nothing\"");
    actions.may_rise = way == "rise" || way == "both";
    actions.may_fall = way == "fall" || way == "both";
  }
  members.decimal("lowest", actions.lowest);
  members.decimal("highest", actions.highest);
  members.whole("most_steps", actions.most_steps);
  members.one_of("cost", kCosts, actions.cost);
  members.decimal("weight", actions.weight);
  members.whole("months", actions.months);
  members.whole("months_per_step", actions.months_per_step);
  members.whole("effort_per_step", actions.effort_per_step);
  members.decimal("per_month", actions.per_month);
  if (named && actions.variable.empty() && may == nullptr)
    members.keep(Error{"actions.value", "a variable without a `name`", node.where(), ""});
  return members.finish();
}

void read_lists(Members& members, AdvicePlan& plan) {
  plan.immutable = members.texts("immutable", members.find("immutable"));
  const TomlNode* together = members.find("together");
  if (together == nullptr) return;
  if (together->array() == nullptr) return members.fail(*together, "together", "a list of lists");
  for (const TomlNode& list : *together->array())
    plan.together.push_back(members.texts("together", &list));
}

}  // namespace

Result<AdvicePlan> read_actions(std::string_view text, const std::string& file) {
  auto document = parse_toml(text, file);
  if (!document) return document.error();
  AdvicePlan plan;
  Members members(*document);
  members.whole("most_changes", plan.most_changes);
  members.whole("most_months", plan.most_months);
  members.whole("most_effort", plan.most_effort);
  members.decimal("cost_per_month", plan.cost_per_month);
  members.whole("margin", plan.margin);
  members.one_of("cost_rule", kRules, plan.cost_rule);
  members.whole("ways", plan.ways);
  members.one_of("diversity", kDiversity, plan.diversity);
  read_lists(members, plan);
  if (const TomlNode* others = members.find("others")) {
    plan.others.emplace();
    members.keep(read_variable(*others, false, *plan.others));
  }
  if (const TomlNode* variables = members.find("variable")) {
    if (variables->array() == nullptr) members.fail(*variables, "variable", "[[variable]] tables");
    for (std::size_t i = 0; variables->array() != nullptr && i < variables->array()->size(); ++i) {
      plan.variables.emplace_back();
      members.keep(read_variable((*variables->array())[i], true, plan.variables.back()));
    }
  }
  if (auto error = members.finish()) return *error;
  return plan;
}

}  // namespace credence
