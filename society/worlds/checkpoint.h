#pragma once

#include <credence/base/result.h>
#include <credence/base/sha256.h>
#include <credence/worlds/world.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A checkpoint is: the word "CREDENCE", the version, the purposes of draws, the hashes of world and
// programmes, replicate, month, and the columns of each arm; a SHA-256 of all that stands at the
// end. Numbers are little-endian; texts and columns have their length before them.
inline constexpr std::uint32_t kCheckpointVersion = 2;

// SHA-256 over every column and the month.
Hash hash_of_lives(const Lives& lives, std::uint32_t month);

// Of all that decides about a run of this world, and nothing else (not its title or its text).
Hash hash_of_world(const World& world);
Hash hash_of_programmes(std::span<const SocietyProgramme* const> programmes);

// The numbers of all purposes of draws that this Credence knows, rising.
std::vector<std::uint32_t> known_purposes();

enum class CheckpointUse { same_programmes, other_programmes };

// What stands before the arms.
struct CheckpointHead {
  Hash world = {};
  Hash programmes = {};
  std::uint32_t replicate = 0;
  std::uint32_t month = 0;
  std::uint32_t arms = 0;
  std::uint32_t people = 0;
};

}  // namespace credence
