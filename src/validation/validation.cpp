#include <credence/validation/phrase.h>
#include <credence/validation/section_writer.h>
#include <credence/validation/study.h>
#include <credence/validation/validation.h>

namespace credence {

namespace {

using enum NumberFormat;

void add_particulars(const Study& study, ValidationPack& pack) {
  const ValidationInput& input = *study.input;
  auto add = [&](Text name, PackCell value, std::optional<NumberFormat> format = {}) {
    pack.particulars.push_back({std::move(name), std::move(value), format});
  };
  if (input.card) {
    add({"Card", "Carte"}, input.card->id);
    add({"Range of points", "Étendue des points"},
        score_label(input.card->lowest(), input.card->highest()));
    add({"Variables", "Variables"}, static_cast<double>(input.card->variables.size()), count);
  }
  add({"Judged on", "Jugée sur"}, study.headline().name);
  add({"Records", "Dossiers"}, study.headline().all.records(), count);
  if (const StudiedSample* before = study.before())
    add({"Compared with", "Comparée à"}, before->name);
  if (input.cut_off) add({"Cut-off", "Seuil"}, static_cast<double>(*input.cut_off), score);
  if (!input.prepared_by.empty()) add({"Prepared by", "Préparé par"}, input.prepared_by);
  if (!input.prepared_on.empty()) add({"Prepared on", "Préparé le"}, input.prepared_on);
}

// Every verdict again, for who reads one page: what needs action first.
PackSection summary_of(const std::vector<PackSection>& sections) {
  SectionWriter writer("summary", {"Summary", "Synthèse"});
  using Level = Verdict::Level;
  int counts[4] = {};
  for (Level level : {Level::act, Level::watch, Level::unknown, Level::good}) {
    for (const PackSection& section : sections) {
      for (const PackBlock& block : section.blocks) {
        const auto* verdict = std::get_if<Verdict>(&block);
        if (verdict != nullptr && verdict->level == level) ++counts[static_cast<int>(level)];
      }
    }
  }
  auto number = [&](Level level) { return figure(counts[static_cast<int>(level)], count); };
  writer.paragraph(fill(
      {"{1} to act on, {2} to watch, {3} good, {4} that could not be judged. Each line is "
       "explained in its section.",
       "{1} à traiter, {2} à surveiller, {3} bons, {4} qui n'ont pu être jugés. Chaque ligne "
       "est expliquée dans sa partie."},
      {number(Level::act), number(Level::watch), number(Level::good), number(Level::unknown)}));
  for (Level level : {Level::act, Level::watch, Level::unknown, Level::good}) {
    for (const PackSection& section : sections) {
      for (const PackBlock& block : section.blocks) {
        const auto* verdict = std::get_if<Verdict>(&block);
        if (verdict != nullptr && verdict->level == level)
          writer.verdict(level, verdict->id, verdict->subject, verdict->meaning);
      }
    }
  }
  return writer.take();
}

}  // namespace

Result<ValidationPack> validate(const ValidationInput& input) {
  auto checked = study(input);
  if (!checked) return checked.error();
  ValidationPack pack;
  pack.title = {"Validation of a scorecard", "Validation d'une carte de score"};
  if (input.card)
    pack.title = fill({"Validation of {1}", "Validation de {1}"}, {same(input.card->id)});
  add_particulars(*checked, pack);
  std::vector<PackSection> sections = {
      samples_section(*checked),       discrimination_section(*checked),
      calibration_section(*checked),   stability_section(*checked),
      time_section(*checked),          disparity_section(*checked),
      cut_off_section(*checked),       variables_section(*checked),
      specification_section(*checked), methods_section(*checked)};
  if (!checked->headline().sample->other_scores.empty())
    sections.insert(sections.begin() + 2, comparison_section(*checked));
  pack.sections.push_back(summary_of(sections));
  for (PackSection& section : sections) pack.sections.push_back(std::move(section));
  return pack;
}

}  // namespace credence
