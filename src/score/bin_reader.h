#pragma once

#include <credence/feature/feature.h>
#include <credence/score/card_notes.h>

namespace credence {

// Reads `bins` of one line and holds them against the feature: unit, order, completeness and the
// declared direction of risk. Every fault is a finding.
class BinReader {
 public:
  BinReader(const Programme& programme, const Feature& feature, CardNotes& notes)
      : programme_(programme),
        feature_(feature),
        unit_(unit_of(feature, programme)),
        notes_(notes) {}

  // The bins, with their labels; empty when they have faults.
  std::vector<Card::Bin> read(const TomlNode& node, const std::string& path);

 private:
  struct Placed {
    Card::Bin bin;
    Where where;   // of the bin
    Where points;  // of its points
    std::string path;
    bool open = false;
  };

  bool by_choice() const { return unit_ == Unit::choice || unit_ == Unit::flag; }
  std::optional<Placed> read_bin(const TomlNode& node, const std::string& path);
  bool read_condition(const TomlNode& node, Placed& placed);
  std::optional<std::int64_t> threshold(const TomlNode& node, const std::string& path);
  std::optional<std::int64_t> parsed_text(const std::string& text) const;
  Text wanted_threshold() const;
  bool read_choices(const TomlNode& node, const std::string& path, Placed& placed);
  std::optional<std::int64_t> choice(const TomlNode& node, const std::string& path);
  std::vector<std::string> choice_names() const;
  void check_order(const std::vector<Placed>& bins);
  void check_reachable(const std::vector<Placed>& bins);
  void check_choices(const std::vector<Placed>& bins);
  void check_risk(const std::vector<Placed>& bins);
  std::vector<const Placed*> in_order_of_answers(const std::vector<Placed>& bins) const;

  const Programme& programme_;
  const Feature& feature_;
  Unit unit_;
  CardNotes& notes_;
};

}  // namespace credence
