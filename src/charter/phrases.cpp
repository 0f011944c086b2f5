#include <credence/charter/phrases.h>

#include <algorithm>

namespace credence {

void Phrases::add(std::string_view phrase, std::size_t owner) {
  const bool is_whole = phrase.starts_with('=');
  if (is_whole) phrase.remove_prefix(1);
  longest_ = std::max(longest_, phrase.size());
  (is_whole ? whole_ : anywhere_)[std::string{phrase}].push_back(owner);
}

// The owners of the run itself, and of its singular: "postcodes" is the word "post code".
void Phrases::collect(const Owners& owners, std::string_view run, std::vector<std::size_t>& found) {
  const auto look_up = [&](std::string_view phrase) {
    const auto place = owners.find(phrase);
    if (place == owners.end()) return;
    found.insert(found.end(), place->second.begin(), place->second.end());
  };
  look_up(run);
  if (run.ends_with('s')) look_up(run.substr(0, run.size() - 1));
}

// Every run of neighbouring words is looked up, up to the longest phrase in the plural.
void Phrases::search(const std::vector<std::string>& words, std::vector<std::size_t>& found) const {
  std::string joined;
  std::vector<std::size_t> ends;
  for (const std::string& word : words) ends.push_back((joined += word).size());
  const std::string_view name = joined;
  collect(whole_, name, found);
  std::size_t begin = 0;
  for (std::size_t from = 0; from < words.size(); begin = ends[from++]) {
    for (std::size_t to = from; to < words.size() && ends[to] - begin <= longest_ + 1; ++to) {
      collect(anywhere_, name.substr(begin, ends[to] - begin), found);
    }
  }
}

std::vector<std::size_t> Phrases::owners_in(
    const std::vector<std::vector<std::string>>& readings) const {
  std::vector<std::size_t> found;
  for (const std::vector<std::string>& words : readings) search(words, found);
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace credence
