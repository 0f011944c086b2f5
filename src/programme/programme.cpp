#include <credence/programme/programme.h>

#include <algorithm>
#include <charconv>

namespace credence {

namespace {

template <class Entry>
int position_of(const std::vector<Entry>& entries, std::string_view id) {
  auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.id == id; });
  return found == entries.end() ? -1 : static_cast<int>(found - entries.begin());
}

// Takes "name" or "[3]" off the front of a path.
const TomlNode* step_into(const TomlNode& node, std::string_view& path) {
  if (path.starts_with('.')) path.remove_prefix(1);
  if (!path.starts_with('[')) {
    std::size_t end = std::min(path.find_first_of(".["), path.size());
    std::string_view key = path.substr(0, end);
    path.remove_prefix(end);
    return node.find(key);
  }
  std::size_t position = 0;
  auto [stop, error] = std::from_chars(path.data() + 1, path.data() + path.size(), position);
  bool read = error == std::errc{} && stop != path.data() + path.size() && *stop == ']';
  if (!read || node.array() == nullptr || position >= node.array()->size()) return nullptr;
  path.remove_prefix(static_cast<std::size_t>(stop - path.data()) + 1);
  return &(*node.array())[position];
}

}  // namespace

int Programme::find_event(std::string_view event_id) const {
  return position_of(events, event_id);
}
int Programme::find_source(std::string_view source_id) const {
  return position_of(sources, source_id);
}
int Programme::find_feature(std::string_view feature_id) const {
  return position_of(features, feature_id);
}

const Benefit* Programme::find_benefit(std::string_view benefit_id) const {
  int position = position_of(benefits, benefit_id);
  return position < 0 ? nullptr : &benefits[static_cast<std::size_t>(position)];
}

const Tier* Programme::tier_of(int points) const {
  auto above = std::upper_bound(tiers.begin(), tiers.end(), points,
                                [](int wanted, const Tier& tier) { return wanted < tier.from; });
  return above == tiers.begin() ? nullptr : &*std::prev(above);
}

Where Programme::where(std::string_view path) const {
  Where place = document.where();
  if (place.line == 0) place = {file, 1, 1, 1};
  const TomlNode* node = &document;
  while (!path.empty()) {
    node = step_into(*node, path);
    if (node == nullptr) break;
    if (node->where().line != 0) place = node->where();
  }
  return place;
}

}  // namespace credence
