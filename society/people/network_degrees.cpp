#include <credence/people/network_kinds.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

constexpr std::uint32_t kDegreeDraws = 4;  // times of the keys, apart from each other
constexpr std::uint32_t kPairDraws = 5;
constexpr std::uint32_t kSwapDraws = 6;

// How many members have each degree: within one person of the shares.
std::vector<std::uint64_t> counts_of(const std::vector<double>& shares, std::uint64_t people) {
  std::vector<std::uint64_t> counts(shares.size(), 0);
  double sum = 0;
  std::uint64_t taken = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    sum += shares[i];
    if (!(shares[i] > 0)) continue;
    last = i;
    double up_to = std::min(sum * static_cast<double>(people) + 0.5, static_cast<double>(people));
    counts[i] = static_cast<std::uint64_t>(up_to) - taken;
    taken += counts[i];
  }
  counts[last] += people - taken;
  return counts;
}

// One person goes from an odd to an even degree or back, the nearest that the shares allow.
bool make_even(const std::vector<double>& shares, std::vector<std::uint64_t>& counts) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) sum += (i % 2) * (counts[i] % 2);
  if (sum % 2 == 0) return true;
  std::size_t best_from = 0, best_to = 0, best = counts.size() + 1;
  for (std::size_t from = 0; from < counts.size(); ++from) {
    if (counts[from] == 0) continue;
    for (std::size_t to = 0; to < counts.size(); ++to) {
      std::size_t apart = from > to ? from - to : to - from;
      if (apart % 2 == 0 || !(shares[to] > 0) || apart >= best) continue;
      best = apart;
      best_from = from;
      best_to = to;
    }
  }
  if (best > counts.size()) return false;
  --counts[best_from];
  ++counts[best_to];
  return true;
}

// Ends of ties: each member has as many as their degree, side by side; each is tied to another.
class Pairing {
 public:
  Pairing(const std::vector<std::uint32_t>& degrees, std::uint32_t layer, const KeyedDraws& draws)
      : layer_(layer), draws_(draws) {
    first_.push_back(0);
    for (std::uint32_t i = 0; i < degrees.size(); ++i) {
      owner_.insert(owner_.end(), degrees[i], i);
      first_.push_back(owner_.size());
    }
    std::vector<std::uint32_t> order(owner_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    shuffle(order, draws, layer, kPairDraws, Purpose::network);
    mate_.resize(owner_.size());
    for (std::size_t i = 0; i + 1 < order.size(); i += 2) tie(order[i], order[i + 1]);
  }

  bool repair() {
    for (std::uint32_t end : find_bad()) {
      if (is_bad(end) && !mend(end)) return false;
    }
    return true;
  }
  PairsFound pairs(std::span<const std::uint32_t> members) const {
    PairsFound found;
    found.steps = steps_;
    for (std::uint32_t end = 0; end < mate_.size(); ++end) {
      if (end < mate_[end]) {
        found.pairs.emplace_back(members[owner_[end]], members[owner_[mate_[end]]]);
      }
    }
    return found;
  }

 private:
  void tie(std::uint32_t a, std::uint32_t b) {
    mate_[a] = b;
    mate_[b] = a;
  }
  std::size_t degree(std::uint32_t person) const { return first_[person + 1] - first_[person]; }
  // How many ties two members have, looked up at the one with fewer.
  std::size_t ties_between(std::uint32_t a, std::uint32_t b) {
    if (degree(b) < degree(a)) std::swap(a, b);
    std::size_t count = 0;
    for (std::size_t end = first_[a]; end < first_[a + 1]; ++end) {
      ++steps_;
      count += owner_[mate_[end]] == b;
    }
    return count;
  }
  bool is_bad(std::uint32_t end) {
    std::uint32_t a = owner_[end], b = owner_[mate_[end]];
    return a == b || ties_between(a, b) > 1;
  }
  // One end of each loop, and of each tie that its member has already.
  std::vector<std::uint32_t> find_bad() {
    std::vector<std::uint32_t> bad;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> others;
    for (std::uint32_t person = 0; person + 1 < first_.size(); ++person) {
      others.clear();
      for (std::size_t end = first_[person]; end < first_[person + 1]; ++end) {
        others.emplace_back(owner_[mate_[end]], static_cast<std::uint32_t>(end));
      }
      steps_ += others.size();
      std::sort(others.begin(), others.end());
      for (std::size_t i = 0; i < others.size(); ++i) {
        bool again = i > 0 && others[i].first == others[i - 1].first;
        if (again || others[i].first == person) bad.push_back(others[i].second);
      }
    }
    return bad;
  }
  // Gives the bad tie's two ends to those of another tie, where both new ties are good.
  bool swap_with(std::uint32_t end, std::uint32_t other) {
    std::uint32_t mate = mate_[end], far = mate_[other];
    if (other == end || other == mate) return false;
    std::uint32_t a = owner_[end], b = owner_[mate], c = owner_[other], d = owner_[far];
    if (a == c || b == d || ties_between(a, c) > 0 || ties_between(b, d) > 0) return false;
    if ((a == b && c == d) || (a == d && b == c)) return false;
    tie(end, other);
    tie(mate, far);
    return true;
  }
  bool mend(std::uint32_t end) {
    auto ends = static_cast<std::uint32_t>(mate_.size());
    for (std::uint32_t attempt = 0; attempt < 100; ++attempt) {
      std::uint32_t index = (layer_ << 16) + attempt;
      if (swap_with(end, draws_.below(ends, end, kSwapDraws, Purpose::network, index))) return true;
    }
    for (std::uint32_t other = 0; other < ends; ++other) {
      if (swap_with(end, other)) return true;
    }
    return false;
  }

  std::uint32_t layer_;
  const KeyedDraws& draws_;
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> owner_, mate_;
  std::uint64_t steps_ = 0;
};

}  // namespace

std::optional<PairsFound> configuration_pairs(std::span<const std::uint32_t> members,
                                              const ConfigurationTies& kind, std::uint32_t layer,
                                              const KeyedDraws& draws) {
  if (members.empty()) return PairsFound{};
  std::vector<std::uint64_t> counts = counts_of(kind.shares, members.size());
  if (!make_even(kind.shares, counts)) return std::nullopt;
  std::vector<std::uint32_t> degrees;
  degrees.reserve(members.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0 && i >= members.size()) return std::nullopt;
    degrees.insert(degrees.end(), counts[i], static_cast<std::uint32_t>(i));
  }
  shuffle(degrees, draws, layer, kDegreeDraws, Purpose::network);
  Pairing pairing(degrees, layer, draws);
  if (!pairing.repair()) return std::nullopt;
  return pairing.pairs(members);
}

}  // namespace credence
