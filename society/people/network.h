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

// Watts and Strogatz (1998): a ring of the members of each cell, `degree` nearest neighbours, each
// link's far end moved within the cell with probability `rewire`; no loops or doubles. In a cell of
// at most `degree` members everybody knows everybody. Cells of the work layer are workplaces of
// those who work, and classes of pupils and of students of about the same age, all within a region;
// of the neighbourhood layer the regions, households side by side; friends are one ring, by region
// and then by age.
struct SmallWorldTies {
  int degree = 6;  // even, 0 to 510, below the number of people
  double rewire = 0.1;
};
// Block model: `degree` ties a person on average, a share `same` of them with people of the same
// category of `by` (homophily), the others with anyone. In the work layer only those who work or
// learn have ties; regions and workplaces play no part.
struct BlockTies {
  double degree = 6;
  double same = 0.7;
  Trait by = Trait::group;
};
// Configuration model: degrees drawn from `shares` (share of people with 0, 1, 2, ... ties), exact
// when loops and doubles are repaired by swaps. An odd sum is made even by one person who gets
// another degree of `shares`. Members as for BlockTies.
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
  int workplace_size = 20;  // of the work layer: its cells have about so many, 2 to 100,000
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

// Errors: network.degree (odd, negative, too large), network.rewire, network.same, network.shares
// (negative, not adding up to 1, an odd sum that no allowed degree mends, degrees that no network
// has), network.person (one who does not exist, or a tie with oneself), network.workplace,
// network.size (2^32 ends or more). Time grows with the people and their ties alone.
Result<Ties> make_ties(const TiesPlan& plan, const Population& population, const KeyedDraws& draws);
// A small world over `people` alone, as Watts and Strogatz describe it (one cell).
Result<Ties> small_world(std::uint32_t people, const SmallWorldTies& kind, const KeyedDraws& draws);
// From pairs: sorted, doubled in both directions, doubles and loops dropped. REQUIRES: below
// `people`; fewer than 2^31 pairs.
Ties ties_from_pairs(std::uint32_t people,
                     std::span<const std::pair<std::uint32_t, std::uint32_t>>);

}  // namespace credence
