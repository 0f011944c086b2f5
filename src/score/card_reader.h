#pragma once

#include <credence/score/card_notes.h>

namespace credence {

// Reads a card's file against a programme. One use per object.
class CardReader {
 public:
  CardReader(const Programme& programme, const std::string& file)
      : programme_(programme), file_(file) {}
  ReadCard read(std::string_view text);

 private:
  void read_head(const TomlNode& document);
  void read_lines(const TomlNode& document);
  void read_line(const TomlNode& node, const std::string& path);
  std::optional<int> find_feature(const TomlNode& node, const std::string& path);
  void read_none(const TomlNode& node, const std::string& path, Card::Line& line);
  void read_special(const TomlNode& node, const std::string& path, Card::Line& line);
  void refuse_loss_for_absence(int points, const TomlNode& node, const std::string& path);
  void refuse_punished_absence(const TomlNode& node, const std::string& path,
                               const Card::Line& line);
  void read_baselines(const TomlNode& node, const std::string& path, Card::Line& line);
  void check_baselines(const TomlNode& node, const std::string& path, const Card::Line& line);
  void check_cap(const TomlNode& node, const std::string& path, const Card::Line& line);
  void warn_left_out(const TomlNode& document);
  void check_range(const TomlNode& document);

  const Programme& programme_;
  const std::string& file_;
  CardNotes notes_;
  Card card_;
};

}  // namespace credence
