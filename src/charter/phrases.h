#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace credence {

// The words that the entries of a list look for in names, all of them found in one pass over a
// name: a table may have thousands of columns, and the catalogue has hundreds of phrases.
//
// A phrase is written folded and run together, "firstname", and found however a name is cut into
// words ("first_name", "f_i_r_s_t_name") and in the plural in s. With = before it, it is the whole
// name.
class Phrases {
 public:
  // `owner`: the place in its list of an entry that looks for `phrase`.
  void add(std::string_view phrase, std::size_t owner);

  // The owners of every phrase that some reading of a name holds, ascending, each once. A reading
  // is the words of the name in order, as words_of gives them.
  std::vector<std::size_t> owners_in(const std::vector<std::vector<std::string>>& readings) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Owners = std::unordered_map<std::string, std::vector<std::size_t>, Hash, std::equal_to<>>;

  static void collect(const Owners& owners, std::string_view run, std::vector<std::size_t>& found);
  void search(const std::vector<std::string>& words, std::vector<std::size_t>& found) const;

  Owners anywhere_, whole_;
  std::size_t longest_ = 0;  // letters of a phrase
};

}  // namespace credence
