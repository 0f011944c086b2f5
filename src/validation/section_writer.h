#pragma once

#include <credence/validation/pack.h>
#include <credence/validation/phrase.h>

#include <string>
#include <utility>
#include <vector>

namespace credence {

// A section being written.
class SectionWriter {
 public:
  SectionWriter(std::string id, Text title) { section_ = {std::move(id), std::move(title), {}}; }

  void paragraph(Text text) { section_.blocks.emplace_back(std::move(text)); }
  void verdict(Verdict::Level level, std::string id, Text subject, Text meaning) {
    section_.blocks.emplace_back(
        Verdict{level, std::move(id), std::move(subject), std::move(meaning)});
  }
  void add(PackTable table) { section_.blocks.emplace_back(std::move(table)); }
  void add(PackChart chart) { section_.blocks.emplace_back(std::move(chart)); }
  PackSection take() { return std::move(section_); }

 private:
  PackSection section_;
};

// Shorthands of cells and series.
inline PackCell cell(double value) {
  return value;
}
inline PackCell cell(const std::optional<double>& value) {
  return value ? PackCell{*value} : PackCell{};
}
inline PackCell cell(std::string name) {
  return name;
}
inline PackCell cell(Text text) {
  return text;
}

inline PackChart::Series line_series(Text name, bool muted = false) {
  PackChart::Series series;
  series.name = std::move(name);
  series.muted = muted;
  return series;
}
inline PackChart::Series series_of(Text name, PackChart::Series::Shape shape) {
  PackChart::Series series;
  series.name = std::move(name);
  series.shape = shape;
  return series;
}

// "412 to 455" as a label: the two scores with a dash; one score alone when they are equal.
std::string score_label(int from, int to);

// A label for people: title of the table's columns are used again and again.
namespace words {
inline Text sample() {
  return {"Sample", "Échantillon"};
}
inline Text records() {
  return {"Records", "Dossiers"};
}
inline Text share() {
  return {"Share", "Part"};
}
inline Text bad_rate() {
  return {"Bad rate", "Taux de défaut"};
}
inline Text from() {
  return {"from", "de"};
}
inline Text to() {
  return {"to", "à"};
}
inline Text score() {
  return {"Score", "Score"};
}
inline Text p_value() {
  return {"p-value", "Valeur p"};
}
}  // namespace words

}  // namespace credence
