#pragma once

#include <credence/charter/charter.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A place in the programme file, written or not. The file is untrusted: any key may be absent or of
// another kind, so nothing here expects a shape.
struct Place {
  std::string path;                // consent[1].default
  const TomlNode* node = nullptr;  // nullptr when nothing is written there
  Where where;                     // of the nearest enclosing thing that is written

  Place operator[](std::string_view key) const;
  bool written() const { return node != nullptr; }
  // The string written there; empty when there is none.
  std::string_view text() const;
  // The strings of a list, or the one string; entries of other kinds are left out.
  std::vector<std::string> strings() const;
  const std::int64_t* integer() const { return node == nullptr ? nullptr : node->integer(); }
};

// Where findings are gathered while the file is judged.
class Bench {
 public:
  Bench(const TomlNode& document, const Charter& charter);

  const Charter& charter() const { return charter_; }
  const Catalogue& catalogue() const { return charter_.catalogue(); }
  Place root() const { return root_; }
  Place operator[](std::string_view key) const { return root_[key]; }

  // The tables of a list, each with its place; a single table counts as a list of one.
  std::vector<Place> each(std::string_view list) const { return each(root_[list]); }
  static std::vector<Place> each(const Place& list);
  // The entry of a list whose `key` is the string `value`; not written when there is none.
  Place find(std::string_view list, std::string_view key, std::string_view value) const;

  const std::vector<std::string>& packs() const { return packs_; }  // all when the file names none
  bool pack(std::string_view jurisdiction) const;
  std::string_view programme_class() const { return root_["programme"]["class"].text(); }

  // One finding per article and place: the first one said is kept. Without help, the article's way
  // to mend.
  void refuse(std::string_view article, const Place& place, Text message, Text help = {});
  void warn(std::string_view article, const Place& place, Text message, Text help = {});

  Findings finish();  // in the order of the file

 private:
  void say(std::string_view article, Finding::Severity severity, const Place& place, Text message,
           Text help);

  const Charter& charter_;
  Place root_;
  std::vector<std::string> packs_;
  Findings findings_;
  std::set<std::string> said_;  // article, severity and path
};

// A value as messages show it: short, and never the raw bytes of a hostile file.
std::string shown(std::string_view text);
Text shown(const TomlNode& node);
// The same message in both languages: each has one {} for `value`.
Text about(std::string_view en, std::string_view fr, std::string_view value);
// Letters are written there, not only dots or blanks.
bool says_something(std::string_view text);

}  // namespace credence
