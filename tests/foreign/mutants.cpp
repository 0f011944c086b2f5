#include "mutants.h"

#include <array>
#include <span>
#include <utility>

namespace credence {

namespace {

void flip(std::span<Byte> bytes, Numbers& numbers) {
  std::uint64_t bit = numbers.below(bytes.size() * 8);
  bytes[bit / 8] ^= static_cast<Byte>(1U << (bit % 8));
}

Hash random_hash(Numbers& numbers) {
  return sha256(std::to_string(numbers.next()));
}

void drop_one(std::vector<Hash>& path, Numbers& numbers) {
  path.erase(path.begin() + static_cast<std::ptrdiff_t>(numbers.below(path.size())));
}
void add_one(std::vector<Hash>& path, Numbers& numbers) {
  path.insert(path.begin() + static_cast<std::ptrdiff_t>(numbers.below(path.size() + 1)),
              random_hash(numbers));
}
void swap_two(std::vector<Hash>& path, Numbers& numbers) {
  std::size_t at = numbers.below(path.size() - 1);
  std::swap(path[at], path[at + 1]);
}

ForeignCase assemble(const Proved& proved, std::string_view group, Label label, std::string note) {
  ForeignCase item;
  item.group = "inclusion: " + std::string{group};
  item.label = label;
  item.vkey = to_text(proved.key.verifier());
  item.entry = proved.entry;
  item.proof = to_text(ProofFile{{}, proved.index, proved.path, std::move(note)});
  return item;
}

std::string signed_note(const Proved& proved) {
  return proved.key.sign(to_text(proved.checkpoint));
}

ForeignCase mutant(const Proved& altered, std::string_view group) {
  return assemble(altered, group, Label::mutant, signed_note(altered));
}

// Everything after the empty line.
std::string line_of(const std::string& note) {
  return note.substr(note.rfind("\n\n") + 2);
}

// The altered checkpoint under the signature of the true one.
ForeignCase unsigned_mutant(const Proved& altered, std::string_view group,
                            const std::string& line) {
  return assemble(altered, group, Label::mutant, to_text(altered.checkpoint) + "\n" + line);
}

ForeignCase flipped_signature(const Proved& proved, Numbers& numbers) {
  std::string note = signed_note(proved);
  std::size_t at = note.rfind(' ') + 1;
  Bytes bytes = *parse_base64(note.substr(at, note.size() - at - 1));
  flip(bytes, numbers);
  return assemble(proved, "flipped signature", Label::mutant,
                  note.substr(0, at) + to_base64(bytes) + "\n");
}

ForeignCase truncated_note(const Proved& proved, Numbers& numbers) {
  std::string note = signed_note(proved);
  note.resize(numbers.below(note.size()));
  return assemble(proved, "truncated note", Label::mutant, note);
}

std::optional<ForeignCase> mutate_path(Proved proved, std::size_t which, Numbers& numbers) {
  std::size_t length = proved.path.size();
  if (which == 0) {
    add_one(proved.path, numbers);
    return mutant(proved, "lengthened path");
  }
  if (length == 0) return std::nullopt;
  if (which == 1) {
    flip(proved.path[numbers.below(length)], numbers);
    return mutant(proved, "flipped path");
  }
  if (which == 2) {
    drop_one(proved.path, numbers);
    return mutant(proved, "shortened path");
  }
  if (length == 1) return std::nullopt;
  swap_two(proved.path, numbers);
  return mutant(proved, "swapped sibling");
}

// A size by which the path has another length: sizes near by may well share the path of an early
// leaf.
std::optional<ForeignCase> mutate_checkpoint(Proved proved, std::size_t which, Numbers& numbers) {
  std::string line = line_of(signed_note(proved));
  Checkpoint& checkpoint = proved.checkpoint;
  switch (which) {
    case 0:
      checkpoint.size += 1;
      return unsigned_mutant(proved, "wrong size", line);
    case 1:
      checkpoint.size *= 4;
      return mutant(proved, "wrong size, signed");
    case 2:
      checkpoint.size = proved.index;
      break;
    case 3:
      flip(checkpoint.root, numbers);
      return unsigned_mutant(proved, "flipped root", line);
    case 4:
      flip(checkpoint.root, numbers);
      return mutant(proved, "flipped root, signed");
    case 5:
      checkpoint.origin += "x";
      return unsigned_mutant(proved, "other origin", line);
    default:
      checkpoint.origin += "x";
      return mutant(proved, "other origin, signed");
  }
  if (checkpoint.size == 0) checkpoint.root = empty_root();
  return mutant(proved, "smaller than its index, signed");
}

}  // namespace

ForeignCase inclusion_case(const Proved& proved) {
  return assemble(proved, "valid", Label::valid, signed_note(proved));
}

std::optional<ForeignCase> mutate_inclusion(const Proved& proved, std::size_t which,
                                            Numbers& numbers) {
  Proved altered = proved;
  if (which < 4) return mutate_path(altered, which, numbers);
  if (which < 11) return mutate_checkpoint(altered, which - 4, numbers);
  std::string note = signed_note(proved);
  switch (which) {
    case 11:
      flip(altered.entry, numbers);
      return mutant(altered, "flipped entry");
    case 12:
      altered.index ^= 1;
      return mutant(altered, "wrong index");
    case 13:
      return flipped_signature(proved, numbers);
    case 14:
      return truncated_note(proved, numbers);
    default:
      break;
  }
  if (numbers.below(2) == 0) {
    return assemble(proved, "unknown key", Label::mutant,
                    proved.forger.sign(to_text(proved.checkpoint)));
  }
  return assemble(proved, "doubled signature line", Label::lenient, note + line_of(note));
}

std::optional<ForeignCase> mutate_consistency(ForeignCase item, std::size_t which,
                                              Numbers& numbers) {
  static constexpr std::array<std::string_view, kConsistencyMutations> kNames = {
      "flipped old root", "flipped new root", "lengthened path", "flipped path",
      "shortened path",   "exchanged roots",  "swapped sibling"};
  item.label = Label::mutant;
  item.group = "consistency: " + std::string{kNames[which]};
  if (which >= 3 && item.path.empty()) return std::nullopt;
  switch (which) {
    case 0:
      flip(item.from_root, numbers);
      break;
    case 1:
      flip(item.to_root, numbers);
      break;
    case 2:
      add_one(item.path, numbers);
      break;
    case 3:
      flip(item.path[numbers.below(item.path.size())], numbers);
      break;
    case 4:
      drop_one(item.path, numbers);
      break;
    case 5:
      std::swap(item.from_root, item.to_root);
      break;
    default:
      if (item.path.size() < 2) return std::nullopt;
      swap_two(item.path, numbers);
  }
  return item;
}

}  // namespace credence
