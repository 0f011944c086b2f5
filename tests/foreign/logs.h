#pragma once

#include <credence/ledger/leaf.h>
#include <credence/ledger/proof.h>

#include <cstdint>
#include <vector>

namespace credence {

// A repeatable stream of numbers (SplitMix64): the cases are the same in every run.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }

 private:
  std::uint64_t state_;
};

// One log of real leaves, of which every prefix is a tree to prove things about.
class Log {
 public:
  Log(std::uint64_t size, Numbers& numbers);
  const Bytes& entry(std::uint64_t index) const { return entries_[index]; }
  std::vector<Hash> inclusion(std::uint64_t index, std::uint64_t size) const;
  std::vector<Hash> consistency(std::uint64_t from, std::uint64_t to) const;
  Hash root(std::uint64_t size) const;

 private:
  NodeReader nodes() const;
  std::vector<Bytes> entries_;
  std::vector<std::vector<Hash>> rows_;  // by level of the binary tree
};

}  // namespace credence
