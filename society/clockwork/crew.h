#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace credence {

// People are worked on in blocks of this many, in the order of their numbers; sums are kept per
// block and added up in the order of the blocks. That is why no result depends on the number of
// threads.
inline constexpr std::size_t kBlock = 4096;

struct PeopleBlock {
  std::size_t number = 0;
  std::size_t first = 0, last = 0;  // [first, last)
};

// Threads that work on blocks. They live as long as the crew.
class Crew {
 public:
  // 0: as many as the machine has processors. At least 1, at most 256.
  explicit Crew(unsigned threads = 0);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  unsigned threads() const;
  static std::size_t blocks(std::size_t people) { return (people + kBlock - 1) / kBlock; }

  // Calls `work` once for each block of 0 .. people-1, from several threads, and returns when all
  // are done. REQUIRES: what `work` writes belongs to its own block (or to `worker`).
  // `worker` is below threads(): scratch space that lives longer than a block.
  using BlockWork = std::function<void(const PeopleBlock& block, unsigned worker)>;
  void work(std::size_t people, const BlockWork& work);
  // The same over any tasks (replicates, points of a design), one at a time per thread.
  void each(std::size_t tasks, const std::function<void(std::size_t task, unsigned worker)>& work);

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace credence
