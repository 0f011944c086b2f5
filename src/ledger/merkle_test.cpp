#include <credence/ledger/merkle.h>
#include <doctest/doctest.h>

#include <bit>
#include <string>
#include <vector>

using namespace credence;

namespace {

// The recursive definitions of RFC 6962, section 2.1: the peer of the iterative code.
using Leaves = std::span<const Hash>;

std::size_t largest_power_below(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

Hash mth(Leaves d) {
  if (d.empty()) return sha256("");
  if (d.size() == 1) return d[0];
  std::size_t k = largest_power_below(d.size());
  return node_hash(mth(d.first(k)), mth(d.subspan(k)));
}

std::vector<Hash> path(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  std::size_t k = largest_power_below(d.size());
  std::vector<Hash> proof = m < k ? path(m, d.first(k)) : path(m - k, d.subspan(k));
  proof.push_back(m < k ? mth(d.subspan(k)) : mth(d.first(k)));
  return proof;
}

std::vector<Hash> subproof(std::size_t m, Leaves d, bool complete) {
  if (m == d.size()) return complete ? std::vector<Hash>{} : std::vector<Hash>{mth(d)};
  std::size_t k = largest_power_below(d.size());
  std::vector<Hash> proof =
      m <= k ? subproof(m, d.first(k), complete) : subproof(m - k, d.subspan(k), false);
  proof.push_back(m <= k ? mth(d.subspan(k)) : mth(d.first(k)));
  return proof;
}

std::vector<Hash> some_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(as_bytes(std::to_string(i))));
  return leaves;
}

NodeReader nodes_of(Leaves leaves) {
  return [leaves](int level, std::uint64_t index) -> Result<Hash> {
    std::size_t width = std::size_t{1} << level;
    if ((index + 1) * width > leaves.size()) return Error{"test.beyond", "no such node"};
    return mth(leaves.subspan(index * width, width));
  };
}

const std::vector<std::string> kClassicLeaves = {"",
                                                 "00",
                                                 "10",
                                                 "2021",
                                                 "3031",
                                                 "40414243",
                                                 "5051525354555657",
                                                 "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kClassicRoots = {
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=",
    "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=", "rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=",
    "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=", "Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=",
    "duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=", "3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=",
    "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="};

struct Counts {
  int accepted = 0;
  int refused = 0;
};

// Every alteration of a proof that must turn it false: a flipped bit in each hash, a hash less or
// more, two neighbours swapped.
template <class Verifies>
void check_altered(const std::vector<Hash>& proof, const Verifies& verifies, Counts& counts) {
  auto refuse = [&](std::vector<Hash> altered) {
    CHECK(!verifies(altered));
    ++counts.refused;
  };
  for (std::size_t i = 0; i < proof.size(); ++i) {
    std::vector<Hash> flipped = proof;
    flipped[i][i % 32] ^= static_cast<Byte>(1 << (i % 8));
    refuse(flipped);
    if (i > 0 && proof[i - 1] != proof[i]) {
      std::vector<Hash> swapped = proof;
      std::swap(swapped[i - 1], swapped[i]);
      refuse(swapped);
    }
  }
  std::vector<Hash> longer = proof;
  longer.push_back(sha256("one more"));
  refuse(longer);
  longer.insert(longer.begin(), sha256("one more"));
  longer.pop_back();
  refuse(longer);
  if (!proof.empty()) {
    refuse({proof.begin(), proof.end() - 1});
    refuse({proof.begin() + 1, proof.end()});
  }
}

}  // namespace

TEST_CASE("tree: the classic leaves have the published roots") {
  Frontier frontier;
  CHECK(to_base64(frontier.root()) == kClassicRoots[0]);
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < kClassicLeaves.size(); ++i) {
    leaves.push_back(leaf_hash(*parse_hex(kClassicLeaves[i])));
    frontier.append(leaves.back());
    CHECK(frontier.size() == i + 1);
    CHECK(to_base64(frontier.root()) == kClassicRoots[i + 1]);
    CHECK(to_base64(*root_of(i + 1, nodes_of(leaves))) == kClassicRoots[i + 1]);
  }
}

TEST_CASE("tree: a frontier goes on from its peaks") {
  std::vector<Hash> leaves = some_leaves(130);
  for (std::size_t size = 0; size <= 129; ++size) {
    std::vector<Hash> peaks;
    std::size_t begin = 0;
    while (begin < size) {
      std::size_t width = std::bit_floor(size - begin);
      peaks.push_back(mth(Leaves{leaves}.subspan(begin, width)));
      begin += width;
    }
    Frontier frontier(size, peaks);
    CHECK(frontier.root() == mth(Leaves{leaves}.first(size)));
    frontier.append(leaves[size]);
    CHECK(frontier.root() == mth(Leaves{leaves}.first(size + 1)));
  }
}

TEST_CASE("inclusion: every leaf of every size up to 129 is proved, and no altered proof holds") {
  Counts counts;
  std::vector<Hash> leaves = some_leaves(129);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    Leaves tree = Leaves{leaves}.first(size);
    Hash root = mth(tree);
    for (std::size_t i = 0; i < size; ++i) {
      auto proof = inclusion_proof(i, size, nodes_of(tree));
      REQUIRE(proof);
      CHECK(*proof == path(i, tree));
      CHECK(verify_inclusion(i, size, leaves[i], *proof, root));
      ++counts.accepted;
      CHECK(!verify_inclusion(i, size, sha256("another leaf"), *proof, root));
      CHECK(!verify_inclusion(i, size, leaves[i], *proof, sha256("another root")));
      CHECK(!verify_inclusion(size + i, size, leaves[i], *proof, root));
      check_altered(
          *proof,
          [&](const std::vector<Hash>& altered) {
            return verify_inclusion(i, size, leaves[i], altered, root);
          },
          counts);
    }
  }
  CHECK(counts.accepted == 129 * 130 / 2);
  CHECK(counts.refused > 40'000);
}

TEST_CASE("consistency: every pair of sizes up to 129 is proved, and no altered proof holds") {
  Counts counts;
  std::vector<Hash> leaves = some_leaves(129);
  for (std::size_t to = 1; to <= leaves.size(); ++to) {
    Leaves tree = Leaves{leaves}.first(to);
    Hash to_root = mth(tree);
    for (std::size_t from = 1; from <= to; ++from) {
      Hash from_root = mth(tree.first(from));
      auto proof = consistency_proof(from, to, nodes_of(tree));
      REQUIRE(proof);
      CHECK(*proof == subproof(from, tree, true));
      CHECK(verify_consistency(from, to, *proof, from_root, to_root));
      ++counts.accepted;
      CHECK(!verify_consistency(from, to, *proof, sha256("another root"), to_root));
      CHECK(!verify_consistency(from, to, *proof, from_root, sha256("another root")));
      check_altered(
          *proof,
          [&](const std::vector<Hash>& altered) {
            return verify_consistency(from, to, altered, from_root, to_root);
          },
          counts);
    }
  }
  CHECK(counts.accepted == 129 * 130 / 2);
  CHECK(counts.refused > 40'000);
}

TEST_CASE("consistency: the empty tree is a prefix of every tree, and a larger tree of none") {
  Hash root = sha256("root");
  CHECK(verify_consistency(0, 7, {}, empty_root(), root));
  CHECK(!verify_consistency(0, 7, std::vector<Hash>{root}, empty_root(), root));
  CHECK(!verify_consistency(8, 7, {}, root, root));
  CHECK(!verify_consistency(4, 7, {}, root, root));
}

TEST_CASE("inclusion: sizes near 2^64 neither hang nor hold") {
  std::vector<Hash> proof(64, sha256("x"));
  CHECK(!verify_inclusion(UINT64_MAX - 1, UINT64_MAX, sha256("a"), proof, sha256("b")));
  CHECK(!verify_inclusion(UINT64_MAX, UINT64_MAX, sha256("a"), proof, sha256("b")));
  CHECK(!verify_consistency(UINT64_MAX - 1, UINT64_MAX, proof, sha256("a"), sha256("b")));
}

TEST_CASE("tree: an unreadable node is handed on as its error") {
  NodeReader broken = [](int, std::uint64_t) -> Result<Hash> {
    return Error{"test.io", "no disk"};
  };
  CHECK(inclusion_proof(3, 7, broken).error().code == "test.io");
  CHECK(consistency_proof(3, 7, broken).error().code == "test.io");
  CHECK(root_of(7, broken).error().code == "test.io");
}
