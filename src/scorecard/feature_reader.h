#pragma once

#include <credence/scorecard/scorecard.h>
#include <credence/scorecard/scorecard_notes.h>

#include <map>
#include <optional>
#include <set>

namespace credence {

// Reads one [[feature]] of a scorecard's file: the variable, and its own points unless only pairs
// use it. One use per object.
class FeatureReader {
 public:
  struct Feature {
    Scorecard::Variable variable;
    std::optional<Scorecard::Term> own;  // without the index of the variable
  };

  FeatureReader(const TomlNode& node, std::string path, ScorecardNotes& notes)
      : node_(node), path_(std::move(path)), notes_(notes) {}
  // Nothing when there are findings.
  std::optional<Feature> read();

 private:
  struct Bin {
    std::optional<double> below;
    std::vector<std::string> is;
    bool open = true;
    std::optional<int> points;
  };
  void read_head();
  void read_title();
  void read_kind();
  void read_bins();
  std::optional<Bin> read_bin(const TomlNode& node, const std::string& path);
  void check_number_bins(const TomlNode& node);
  void check_text_bins(const TomlNode& node);
  std::vector<std::string> read_texts(const TomlNode& node, const std::string& path);
  void read_codes();
  void read_special_points();
  void read_own();
  void read_woe();
  void read_counts();
  std::vector<double> read_numbers(const TomlNode& node, const std::string& path);
  Cells make_cells() const;
  Scorecard::Term make_term() const;
  std::optional<int> optional_points(std::string_view key);
  std::string at(std::string_view key) const { return path_to(path_, key); }

  const TomlNode& node_;
  std::string path_;
  ScorecardNotes& notes_;
  Feature feature_;
  Column::Kind kind_ = Column::Kind::number;
  std::vector<Bin> bins_;
  std::vector<SpecialCode> specials_;
  std::set<std::string> texts_;  // all that bins and codes name
  std::map<std::string, int> special_points_;
  std::optional<int> none_, unknown_;
  bool has_points_ = false;  // of its own; false when only pairs use the variable
};

}  // namespace credence
