#include <credence/report/report_sections.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace credence {

namespace {

// Numbers of rules: how many there are, and which are invented. One that names no source of its own
// counts as invented.
struct ParameterOrigins {
  std::size_t all = 0, invented = 0;
  std::string rules;  // names of the rules with invented numbers
};

ParameterOrigins origins_of(Language language) {
  ParameterOrigins origins;
  std::set<std::string> named;
  for (const RuleDescription* rule : all_rules()) {
    for (const RuleParameter& parameter : rule->parameters) {
      ++origins.all;
      if (!parameter.source.empty() && !parameter.source.starts_with("invented")) continue;
      ++origins.invented;
      const std::string& name = rule->name.in(language);
      if (named.insert(name).second) origins.rules += (origins.rules.empty() ? "" : "; ") + name;
    }
  }
  return origins;
}

std::string hash_words(const Hash& hash) {
  std::string text;
  for (auto byte : hash) text += fmt::format("{:02x}", static_cast<unsigned>(byte));
  return text;
}

}  // namespace

void write_limits(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("limits", facts.say(Say::limits_title));
  page.paragraph(facts.say(Say::limits_lead), "lead");
  auto count = [&](std::size_t number) {
    return count_text(static_cast<double>(number), facts.style());
  };
  ParameterOrigins origins = origins_of(facts.language());
  std::vector<std::string> limits = {
      facts.say(Say::limit_invented, {count(origins.all), count(origins.invented), origins.rules}),
      facts.say(Say::limit_no_person),
      facts.say(Say::limit_no_model),
      facts.say(Say::limit_chilling),
      facts.say(Say::limit_static),
      facts.say(Say::limit_sure),
      facts.say(Say::limit_rare,
                {count_text(facts.people(), facts.style()), count(facts.months())}),
      facts.say(Say::limit_story),
      facts.say(Say::limit_lawful),
  };
  if (facts.replicates() < 2) limits.push_back(facts.say(Say::limit_interval));
  if (facts.result().interrupted) limits.push_back(facts.say(Say::limit_interrupted));
  if (facts.input().changed_by_prototype) limits.push_back(facts.say(Say::limit_prototype));
  page.items(limits);
  page.end_section();
}

void write_repetition(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("repeat", facts.say(Say::repeat_title));
  page.markup(fmt::format("<pre>{}</pre>\n", page_text(facts.input().command)));
  page.paragraph(facts.say(Say::repeat_text));
  PageTable table;
  table.caption = facts.say(Say::repeat_caption, {std::to_string(facts.world().seed)});
  table.columns = {{facts.say(Say::repeat_replicate)},
                   {facts.say(Say::repeat_hash)},
                   {facts.say(Say::repeat_fit), true}};
  for (const ReplicateResult& replicate : facts.result().replicates) {
    table.rows.push_back({std::to_string(replicate.replicate), hash_words(replicate.hash),
                          percent_text(replicate.fit.largest_marginal_error, 2, facts.style())});
  }
  page.table(table);
  page.end_section();
}

}  // namespace credence
