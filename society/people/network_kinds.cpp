#include <credence/people/network_kinds.h>

#include <array>

namespace credence {

namespace {

constexpr std::uint32_t kTries = 64;  // a far end is looked for so often before a link stays away

// Links from each member to later found ones, in slots of their own; a link stands at one end only.
class Slots {
 public:
  explicit Slots(std::vector<std::size_t> first) : first_(std::move(first)), ends_(first_.back()) {
    used_.assign(first_.size() - 1, 0);
  }
  bool points_at(std::uint32_t a, std::uint32_t b, std::uint64_t& steps) const {
    for (std::uint32_t end : of(a)) {
      ++steps;
      if (end == b) return true;
    }
    return false;
  }
  bool linked(std::uint32_t a, std::uint32_t b, std::uint64_t& steps) const {
    return points_at(a, b, steps) || points_at(b, a, steps);
  }
  void add(std::uint32_t a, std::uint32_t b) { ends_[first_[a] + used_[a]++] = b; }
  std::uint32_t& end(std::uint32_t a, std::size_t slot) { return ends_[first_[a] + slot]; }
  std::span<const std::uint32_t> of(std::uint32_t a) const {
    return {ends_.data() + first_[a], used_[a]};
  }

 private:
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint32_t> used_;
};

// The draws of one link: four words a call, counted on by the index.
class LinkDraws {
 public:
  LinkDraws(const KeyedDraws& draws, std::uint32_t person, std::uint32_t link, std::uint32_t layer)
      : draws_(draws), person_(person), link_(link), index_(layer << 16) {}
  std::uint32_t word() {
    if (at_ == 4) {
      words_ = draws_.words(person_, link_, Purpose::network, index_++);
      at_ = 0;
    }
    return words_[at_++];
  }
  std::uint32_t below(std::size_t bound) {
    return static_cast<std::uint32_t>((std::uint64_t{word()} * bound) >> 32);
  }
  bool chance(double probability) { return KeyedDraws::to_unit(word()) < probability; }

 private:
  const KeyedDraws& draws_;
  std::uint32_t person_, link_, index_;
  std::array<std::uint32_t, 4> words_{};
  std::size_t at_ = 4;
};

void add_all_pairs(std::span<const std::uint32_t> members, PairsFound& found) {
  for (std::size_t a = 0; a < members.size(); ++a) {
    for (std::size_t b = a + 1; b < members.size(); ++b) {
      found.pairs.emplace_back(members[a], members[b]);
      ++found.steps;
    }
  }
}

}  // namespace

void add_small_world(std::span<const std::uint32_t> ring, const SmallWorldTies& kind,
                     std::uint32_t layer, const KeyedDraws& draws, PairsFound& found) {
  auto degree = static_cast<std::size_t>(kind.degree);
  if (ring.size() <= degree) return add_all_pairs(ring, found);
  std::size_t half = degree / 2;
  auto size = static_cast<std::uint32_t>(ring.size());
  std::vector<std::size_t> first(ring.size() + 1);
  for (std::size_t i = 0; i < first.size(); ++i) first[i] = i * half;
  Slots slots(std::move(first));
  for (std::uint32_t i = 0; i < size; ++i) {
    for (std::uint32_t lap = 1; lap <= half; ++lap) slots.add(i, (i + lap) % size);
  }
  for (std::uint32_t lap = 0; lap < half; ++lap) {
    for (std::uint32_t i = 0; i < size; ++i) {
      LinkDraws link(draws, ring[i], lap, layer);
      ++found.steps;
      if (!link.chance(kind.rewire)) continue;
      for (std::uint32_t attempt = 0; attempt < kTries; ++attempt) {
        std::uint32_t end = link.below(size);
        ++found.steps;
        if (end == i || slots.linked(i, end, found.steps)) continue;
        slots.end(i, lap) = end;
        break;
      }
    }
  }
  for (std::uint32_t i = 0; i < size; ++i) {
    for (std::uint32_t end : slots.of(i)) found.pairs.emplace_back(ring[i], ring[end]);
  }
}

PairsFound block_pairs(std::span<const std::uint32_t> members, const BlockTies& kind,
                       std::span<const std::uint8_t> category, std::uint32_t layer,
                       const KeyedDraws& draws) {
  PairsFound found;
  auto size = static_cast<std::uint32_t>(members.size());
  std::vector<std::vector<std::uint32_t>> alike(256);
  for (std::uint32_t i = 0; i < size; ++i) alike[category[members[i]]].push_back(i);
  // Each member looks for half their links; what is left over of a half is passed on.
  std::vector<std::size_t> first(members.size() + 1, 0);
  for (std::size_t i = 0; i < members.size(); ++i) {
    first[i + 1] = static_cast<std::size_t>(static_cast<double>(i + 1) * kind.degree / 2);
  }
  std::vector<std::size_t> wanted = first;
  Slots slots(std::move(first));
  for (std::uint32_t i = 0; i < size; ++i) {
    const auto& own = alike[category[members[i]]];
    for (std::size_t k = wanted[i]; k < wanted[i + 1]; ++k) {
      LinkDraws link(draws, members[i], static_cast<std::uint32_t>(k - wanted[i]), layer);
      bool same = link.chance(kind.same) && own.size() > 1;
      for (std::uint32_t attempt = 0; attempt < kTries; ++attempt) {
        // Where nobody alike is free, anyone will do.
        bool from_own = same && attempt < kTries / 2;
        std::uint32_t end = from_own ? own[link.below(own.size())] : link.below(size);
        ++found.steps;
        if (end == i || slots.points_at(i, end, found.steps)) continue;
        // Whoever comes later has no links of their own yet.
        if (end < i && slots.points_at(end, i, found.steps)) continue;
        slots.add(i, end);
        break;
      }
    }
  }
  for (std::uint32_t i = 0; i < size; ++i) {
    for (std::uint32_t end : slots.of(i)) found.pairs.emplace_back(members[i], members[end]);
  }
  return found;
}

}  // namespace credence
