#include <credence/report/figures.h>
#include <credence/report/odd_document.h>
#include <credence/report/wordings.h>
#include <fmt/format.h>

#include <set>

namespace credence {

namespace {

class OddWriter {
 public:
  OddWriter(const World& world, std::span<const SocietyProgramme> programmes, Language language)
      : world_(world), programmes_(programmes), style_{language, world.currency} {}

  std::vector<OddElement> write() {
    return {purpose(),
            entities(),
            process(),
            concepts(),
            initialisation(),
            input_data(),
            odd_submodels(world_, programmes_, style_.language)};
  }

 private:
  std::string say(Say what, std::initializer_list<std::string> values = {}) const {
    return credence::say(what, style_.language, values);
  }
  std::string count(double number) const { return count_text(number, style_); }
  const std::vector<TraitCategory>& categories(std::size_t trait) const {
    return world_.population.categories[trait];
  }

  OddElement purpose() const {
    return {say(Say::odd_purpose), {say(Say::odd_purpose_text), say(Say::odd_patterns)}};
  }

  OddElement entities() const {
    std::set<std::string> actors;
    std::string institutions;
    for (const RuleDescription* rule : all_rules()) {
      if (rule->actor == "person" || !actors.insert(rule->actor).second) continue;
      institutions += institutions.empty() ? "" : ", ";
      institutions += rule_word(rule->actor, style_.language);
    }
    double regions =
        static_cast<double>(categories(static_cast<std::size_t>(Trait::region)).size());
    return {say(Say::odd_entities),
            {say(Say::odd_people, {count(world_.population.people)}), say(Say::odd_state),
             say(Say::odd_institutions, {institutions}),
             say(Say::odd_scales, {count(world_.burn_in), count(world_.months), count(regions)})}};
  }

  OddElement process() const {
    OddItems order{{}, true};
    for (const RuleDescription* rule : all_rules())
      order.texts.push_back(rule->name.in(style_.language) + " (" +
                            rule_word(rule->actor, style_.language) + ")");
    return {say(Say::odd_process),
            {say(Say::odd_process_text), std::move(order), say(Say::odd_process_end)}};
  }

  OddElement concepts() const {
    OddItems concepts;
    for (Say one :
         {Say::odd_principles, Say::odd_emergence, Say::odd_adaptation, Say::odd_objectives,
          Say::odd_learning, Say::odd_prediction, Say::odd_sensing, Say::odd_interaction,
          Say::odd_stochasticity, Say::odd_collectives, Say::odd_observation})
      concepts.texts.push_back(say(one));
    return {say(Say::odd_concepts), {std::move(concepts)}};
  }

  OddElement initialisation() const {
    PageTable table;
    table.caption = say(Say::odd_traits_caption);
    table.columns = {{say(Say::odd_trait)}, {say(Say::odd_category)}, {say(Say::odd_share), true}};
    for (std::size_t trait = 0; trait < kTraits; ++trait) {
      for (const TraitCategory& category : categories(trait)) {
        const std::string& name = category.name.in(style_.language);
        table.rows.push_back({std::string{name_of(static_cast<Trait>(trait))},
                              name.empty() ? category.id : name,
                              percent_text(category.share, 1, style_)});
      }
    }
    OddItems ties;
    for (const TiesPlan& plan : world_.ties)
      ties.texts.push_back(say(
          Say::odd_ties, {std::string{name_of(plan.layer)},
                          std::visit([&](const auto& kind) { return words(kind); }, plan.kind)}));
    return {say(Say::odd_initialisation),
            {say(Say::odd_initial_text, {std::to_string(world_.seed), count(world_.burn_in)}),
             std::move(ties), std::move(table)}};
  }

  std::string words(const SmallWorldTies& ties) const {
    return say(Say::odd_small_world, {count(ties.degree), percent_text(ties.rewire, 0, style_)});
  }
  std::string words(const BlockTies& ties) const {
    return say(Say::odd_block, {fmt::format("{:g}", ties.degree),
                                percent_text(ties.same, 0, style_), std::string{name_of(ties.by)}});
  }
  std::string words(const ConfigurationTies&) const { return say(Say::odd_configuration); }
  std::string words(const GivenTies& ties) const {
    return say(Say::odd_given, {count(static_cast<double>(ties.pairs.size()))});
  }

  OddElement input_data() const {
    std::string ids;
    for (const SocietyProgramme& programme : programmes_)
      ids += (ids.empty() ? "" : ", ") + programme.id;
    if (ids.empty()) ids = say(Say::odd_input_none);
    return {say(Say::odd_input), {say(Say::odd_input_text, {world_.id, ids})}};
  }

  const World& world_;
  std::span<const SocietyProgramme> programmes_;
  NumberStyle style_;
};

}  // namespace

std::vector<OddElement> odd_document(const World& world,
                                     std::span<const SocietyProgramme> programmes,
                                     Language language) {
  return OddWriter{world, programmes, language}.write();
}

}  // namespace credence
