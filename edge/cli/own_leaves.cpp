#include <credence/cli/own_leaves.h>

#include <algorithm>

namespace credence {

namespace {

// Tags count 1, 2, 3, ... in the order of the log, so that one tag at a time is waited for.
struct Walk {
  std::string subject;
  Bytes key;
  std::uint64_t counter = 0;
};

}  // namespace

Result<OwnLeaves> own_leaves(const Store& store, std::span<const std::string> subjects,
                             std::uint64_t size) {
  OwnLeaves leaves;
  std::map<Hash, Walk> awaited;
  auto await_next = [&awaited](Walk walk) {
    Hash next = subject_tag(walk.key, ++walk.counter);
    awaited.emplace(next, std::move(walk));
  };
  for (const std::string& subject : subjects) {
    auto key = store.subject_key(subject);
    if (!key) return key.error();
    leaves[subject] = {};
    await_next({.subject = subject, .key = *std::move(key)});
  }
  auto visited = store.each_entry(0, size, [&](std::uint64_t index, ByteView entry) {
    auto leaf = decode_leaf(entry);
    if (!leaf) return true;  // a fault of the log, which `verify` names
    auto found = awaited.find(leaf->subject_tag);
    if (found == awaited.end()) return true;
    Walk walk = std::move(found->second);
    awaited.erase(found);
    leaves[walk.subject].push_back(index);
    await_next(std::move(walk));
    return true;
  });
  if (!visited) return visited.error();
  return leaves;
}

std::vector<std::uint64_t> erased_of(const std::vector<std::uint64_t>& leaves,
                                     const std::vector<Fact>& facts) {
  std::vector<std::uint64_t> erased;
  auto fact = facts.begin();
  for (std::uint64_t index : leaves) {
    while (fact != facts.end() && fact->index < index) ++fact;
    if (fact == facts.end() || fact->index != index) erased.push_back(index);
  }
  return erased;
}

}  // namespace credence
