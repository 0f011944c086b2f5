#pragma once

#include <credence/base/bytes.h>

#include <array>
#include <span>

namespace credence {

// Randomness of the operating system, drawn in blocks because a system call costs more than sealing
// a fact. What was given out is wiped from the block. For one thread at a time.
class Randomness {
 public:
  Randomness() = default;
  ~Randomness();
  Randomness(const Randomness&) = delete;
  Randomness& operator=(const Randomness&) = delete;

  void fill(std::span<Byte> to);
  template <std::size_t N>
  std::array<Byte, N> draw() {
    std::array<Byte, N> bytes;
    fill(bytes);
    return bytes;
  }

 private:
  void refill();
  std::array<Byte, 4096> block_ = {};
  std::size_t used_ = sizeof(block_);
};

void wipe(std::span<Byte> bytes);  // a store that the compiler may not leave out

}  // namespace credence
