#include <credence/institutions/institutions.h>
#include <credence/institutions/society_numbers.h>
#include <credence/people/living.h>
#include <credence/programme/message.h>
#include <credence/worlds/world_reader.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

const RuleDescription* find_rule(std::string_view id) {
  for (const RuleDescription* rule : all_rules()) {
    if (rule->id == id) return rule;
  }
  return nullptr;
}

const RuleParameter* find_parameter(const RuleDescription& rule, std::string_view id) {
  for (const RuleParameter& parameter : rule.parameters) {
    if (parameter.id == id) return &parameter;
  }
  return nullptr;
}

// Suggests a near name, or lists all of them.
Text known_names(const std::vector<std::string>& names, std::string_view written) {
  std::string near = nearest(written, std::span<const std::string>{names});
  if (!near.empty()) return suggest(near);
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "`" : ", `") + name + "`";
  return {"known here: " + all, "connus ici : " + all};
}

void report_at(const TableReader& reader, std::string_view code, const Where& where,
               std::string path, Text message, Text help) {
  std::size_t before = reader.findings().size();
  reader.report(code, "", std::move(message), std::move(help));
  if (reader.findings().size() == before) return;
  reader.findings().back().where = where;
  reader.findings().back().path = std::move(path);
}

void set_parameter(const TableReader& table, const RuleDescription& rule,
                   const TomlNode::Member& member, ParameterValues& values) {
  std::string name = fmt::format("{}.{}", rule.id, member.key);
  std::string path = "rules." + name;
  const RuleParameter* parameter = find_parameter(rule, member.key);
  if (parameter == nullptr) {
    std::vector<std::string> names;
    for (const RuleParameter& known : rule.parameters) names.push_back(known.id);
    return report_at(
        table, "W030", member.key_where, path,
        {fmt::format("the rule `{}` has no parameter {}", rule.id, in_backticks(member.key)),
         fmt::format("la règle `{}` n'a pas de paramètre {}", rule.id, in_backticks(member.key))},
        known_names(names, member.key));
  }
  std::optional<double> value = number_of(member.value);
  if (!value || !std::isfinite(*value)) {
    return report_at(
        table, "W031", member.value.where(), path,
        {fmt::format("`{}` must be a finite number", name),
         fmt::format("`{}` doit être un nombre fini", name)},
        {fmt::format("its standard is {} {}", parameter->standard, parameter->unit),
         fmt::format("sa valeur courante est {} {}", parameter->standard, parameter->unit)});
  }
  values.set(name, *value);
  if (*value >= parameter->low && *value <= parameter->high) return;
  std::size_t before = table.findings().size();
  report_at(table, "W032", member.value.where(), path,
            {fmt::format("`{}` is {}, outside what is plausible, {} to {}", name, *value,
                         parameter->low, parameter->high),
             fmt::format("`{}` vaut {}, hors du plausible, de {} à {}", name, *value,
                         parameter->low, parameter->high)},
            {"source: " + parameter->source, "source : " + parameter->source});
  if (table.findings().size() > before) {
    table.findings().back().severity = Finding::Severity::warning;
  }
}

}  // namespace

std::vector<const RuleDescription*> all_rules() {
  std::vector<const RuleDescription*> all;
  for (const RuleDescription* rule : Living::descriptions()) all.push_back(rule);
  for (const RuleDescription* rule : Institutions::descriptions()) all.push_back(rule);
  return all;
}

void read_rule_values(const TableReader& root, World& world) {
  TableReader rules = root.table("rules");
  if (rules.node() == nullptr) return;
  for (const TomlNode::Member& member : *rules.node()->table()) {
    const RuleDescription* rule = find_rule(member.key);
    std::string path = "rules." + member.key;
    if (rule == nullptr) {
      std::vector<std::string> names;
      for (const RuleDescription* known : all_rules()) names.push_back(known->id);
      report_at(rules, "W030", member.key_where, path,
                {fmt::format("there is no rule {}", in_backticks(member.key)),
                 fmt::format("il n'y a pas de règle {}", in_backticks(member.key))},
                known_names(names, member.key));
      continue;
    }
    if (member.value.table() == nullptr) {
      report_at(rules, "W004", member.value.where(), path,
                {fmt::format("`{}` must be a table", path),
                 fmt::format("`{}` doit être une table", path)},
                {fmt::format("write [{}] and its parameters below", path),
                 fmt::format("écrivez [{}] et ses paramètres dessous", path)});
      continue;
    }
    TableReader table = rules.table(member.key);
    for (const TomlNode::Member& parameter : *member.value.table()) {
      set_parameter(table, *rule, parameter, world.rules);
    }
  }
}

}  // namespace credence
