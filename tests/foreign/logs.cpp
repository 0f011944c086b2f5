#include "logs.h"

#include <algorithm>

namespace credence {

namespace {

template <std::size_t Size>
std::array<Byte, Size> random_bytes(Numbers& numbers) {
  std::array<Byte, Size> bytes;
  std::generate(bytes.begin(), bytes.end(),
                [&] { return static_cast<Byte>(numbers.next() >> 32); });
  return bytes;
}

Leaf random_leaf(Numbers& numbers) {
  Leaf leaf;
  leaf.kind = static_cast<FactKind>(1 + numbers.below(16));
  leaf.schema = static_cast<std::uint16_t>(numbers.below(65536));
  leaf.day = static_cast<int>(numbers.below(30'000));
  leaf.issuer = random_bytes<8>(numbers);
  leaf.subject_tag = random_bytes<32>(numbers);
  leaf.commitment = random_bytes<32>(numbers);
  for (std::uint64_t i = numbers.below(4); i > 0; --i) leaf.refs.push_back(100 - i);
  return leaf;
}

}  // namespace

std::uint64_t Numbers::next() {
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

Log::Log(std::uint64_t size, Numbers& numbers) : rows_(1) {
  for (std::uint64_t i = 0; i < size; ++i) {
    entries_.push_back(encode(random_leaf(numbers)));
    rows_[0].push_back(leaf_hash(entries_.back()));
  }
  while (rows_.back().size() > 1) {
    const std::vector<Hash>& below = rows_.back();
    std::vector<Hash> row;
    for (std::size_t i = 1; i < below.size(); i += 2) {
      row.push_back(node_hash(below[i - 1], below[i]));
    }
    rows_.push_back(std::move(row));
  }
}

NodeReader Log::nodes() const {
  return [this](int level, std::uint64_t index) -> Result<Hash> {
    return rows_[static_cast<std::size_t>(level)][index];
  };
}

std::vector<Hash> Log::inclusion(std::uint64_t index, std::uint64_t size) const {
  return *inclusion_proof(index, size, nodes());
}
std::vector<Hash> Log::consistency(std::uint64_t from, std::uint64_t to) const {
  return *consistency_proof(from, to, nodes());
}
Hash Log::root(std::uint64_t size) const {
  return *root_of(size, nodes());
}

}  // namespace credence
