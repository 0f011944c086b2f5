#pragma once

#include <credence/base/result.h>
#include <credence/clockwork/draw.h>
#include <credence/people/population.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace credence {

// Whom people know. Layers are kept apart, because rules look at them apart: friends' scores are
// not colleagues' scores. The household layer is the population's own numbering and needs no links.
enum class TieLayer { work, neighbourhood, friends };
inline constexpr std::size_t kTieLayers = 3;
std::string_view name_of(TieLayer layer);

// Watts and Strogatz (1998): a ring of the members of each cell (workplace, region), `degree`
// nearest neighbours, each link's far end moved with probability `rewire`; no loops or doubles.
struct SmallWorldTies {
  int degree = 6;  // even
  double rewire = 0.1;
};
// Block model: `degree` ties a person on average, a share `same` of them with people of the same
// category of `by` (homophily), the others with anyone.
struct BlockTies {
  double degree = 6;
  double same = 0.7;
  Trait by = Trait::group;
};
// Configuration model: degrees drawn from `shares` (share of people with 0, 1, 2, ... ties), exact
// when loops and doubles are repaired by swaps.
struct ConfigurationTies {
  std::vector<double> shares;
};
// The user's own pairs of people, by number.
struct GivenTies {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
};
struct TiesPlan {
  TieLayer layer = TieLayer::friends;
  std::variant<SmallWorldTies, BlockTies, ConfigurationTies, GivenTies> kind;
  int workplace_size = 20;  // of the work layer: its cells
};

// Symmetric links of one layer, compressed: the neighbours of p are ends[first[p]] to
// ends[first[p+1]], rising.
class Ties {
 public:
  Ties() = default;
  Ties(std::vector<std::uint32_t> first, std::vector<std::uint32_t> ends)
      : first_(std::move(first)), ends_(std::move(ends)) {}
  std::span<const std::uint32_t> of(std::uint32_t person) const {
    if (first_.empty()) return {};
    return {ends_.data() + first_[person], ends_.data() + first_[person + 1]};
  }
  std::size_t links() const { return ends_.size() / 2; }
  std::size_t bytes() const { return (first_.size() + ends_.size()) * sizeof(std::uint32_t); }

 private:
  std::vector<std::uint32_t> first_, ends_;
};

struct Network {
  Ties layers[kTieLayers];
  const Ties& of(TieLayer layer) const { return layers[static_cast<std::size_t>(layer)]; }
  std::size_t bytes() const;
};

// Errors (network.*): an odd or too large degree, an odd sum of degrees, more ties than people, a
// person who does not exist, more than 2^32 ends.
Result<Ties> make_ties(const TiesPlan& plan, const Population& population, const KeyedDraws& draws);
// A small world over `people` alone, as Watts and Strogatz describe it (one cell).
Result<Ties> small_world(std::uint32_t people, const SmallWorldTies& kind, const KeyedDraws& draws);
// From pairs: sorted, doubled in both directions, doubles dropped.
Ties ties_from_pairs(std::uint32_t people,
                     std::span<const std::pair<std::uint32_t, std::uint32_t>>);

}  // namespace credence
