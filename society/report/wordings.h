#pragma once

#include <credence/base/text.h>

#include <initializer_list>
#include <span>
#include <string>

namespace credence {

// Every sentence of the report, as data in both languages (wordings_*.cpp). {1}, {2} ... are filled
// in.
// clang-format off
enum class Say {
  // The page.
  without_programme, kicker, page_title, page_lead, contents, fact_people, fact_time,
  fact_burn_in, fact_replicates, fact_seed, fact_version, fact_time_value, interrupted,
  stopped_early, one_replicate, no_replicate, prototype, how_to_read, how_to_read_one,
  // In short.
  summary_title, summary_tried, glance_caption, glance_measure, glance_difference,
  nobody_excluded, excluded, by_mistake, no_mistake, spells, sanctions, alerts, speech,
  silence_none, gaming, money, money_same, deposits, operator_profit, impact, impact_warning,
  impact_fine,
  // What was tried.
  tried_title, tried_world, tried_twins, lawful_only, refuses_caption, refuses_article,
  refuses_section, refuses_what, refuses_rule, no_lawful_part, lawful_features, lawful_benefit,
  lawful_benefits_more, lawful_consequence, points_start, points_engine, points_decay,
  points_never, deed, deeds, tiers, cameras, matcher, matcher_groups, loyalty, friends,
  friends_household, list_black, list_red, list_below, list_from, list_default, list_months,
  list_for_ever, sanction, sanction_below, sanction_black, sanction_alert, reward,
  publication_black, publication_red, reviewers, freeze, no_freeze, enrolment,
  enrolment_compulsory, awareness, record_faults,
  // Pictures.
  pictures_title, flows_title, flows_caption, flows_note, flows_none, flows_says, not_scored,
  scored, then, now, groups_title, groups_text, groups_none, groups_note, impact_caption,
  impact_column, impact_ratio, true_gap, false_gap, per_step, cumulated, impact_explained,
  time_title, time_text, time_text_one, time_none, spells_title, spells_text, spells_caption,
  spells_axis, spells_one, spells_none, map_title, map_text, map_none, map_caption, map_table,
  region, profit_title, profit_text, profit_earned, profit_cost, profit_saved, profit_gamed,
  profit_wealth, profit_caption, numbers_of_picture,
  // Lives.
  lives_title, lives_text, lives_none, life_loses, life_mistake, life_gains, life_of, life_end,
  life_end_other, lives_alike, life_quiet, life_points, life_money, life_barred, life_strip,
  life_legend, life_table, life_month, programme_begins,
  // Sensitivity.
  sensitivity_title, sensitivity_text, sensitivity_none, sensitivity_caption, sensitivity_axis,
  sensitivity_left_out,
  // All measures.
  measures_title, measures_text, measures_caption, measures_measure, measures_unit,
  measures_without, measures_with, measures_difference, measures_says, measures_judged,
  measures_what, measures_halve, better, worse, differs, unclear, one_run, bimodal,
  bimodal_title,
  // The description of the model.
  odd_title, odd_source, odd_purpose, odd_purpose_text, odd_patterns, odd_entities, odd_people,
  odd_state, odd_institutions, odd_scales, odd_traits_caption, odd_trait, odd_category,
  odd_share, odd_process, odd_process_text, odd_process_end, odd_concepts, odd_principles,
  odd_emergence, odd_adaptation, odd_objectives, odd_learning, odd_prediction, odd_sensing,
  odd_interaction, odd_stochasticity, odd_collectives, odd_observation, odd_initialisation,
  odd_initial_text, odd_ties, odd_small_world, odd_block, odd_configuration, odd_given,
  odd_input, odd_input_text, odd_input_none, odd_submodels, odd_submodels_text,
  odd_submodels_changed, odd_submodels_standard, odd_actor, odd_rule_source, odd_parameters,
  odd_parameter, odd_value, odd_standard, odd_range, odd_unit, odd_parameter_source, odd_changed,
  odd_outside, odd_programme,
  // Limits and repetition.
  limits_title, limits_lead, limit_invented, limit_no_person, limit_no_model, limit_chilling,
  limit_static, limit_sure, limit_rare, limit_story, limit_lawful, limit_interval,
  limit_interrupted, limit_prototype, repeat_title, repeat_text, repeat_caption,
  repeat_replicate, repeat_hash, repeat_fit, count_,
};
// clang-format on

struct SaidText {
  Say what;
  Text text;
};
std::span<const SaidText> wordings_of_page();
std::span<const SaidText> wordings_of_programmes();
std::span<const SaidText> wordings_of_pictures();
std::span<const SaidText> wordings_of_lives();
std::span<const SaidText> wordings_of_measures();
std::span<const SaidText> wordings_of_odd();

const Text& text_of(Say what);
std::string say(Say what, Language language, std::initializer_list<std::string> values = {});

}  // namespace credence
