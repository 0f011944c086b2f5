#include <credence/regression/parallel.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace credence {

void in_parallel(std::size_t count, unsigned threads,
                 const std::function<void(std::size_t)>& task) {
  std::size_t workers = std::min<std::size_t>(std::max(1U, threads), count);
  if (workers <= 1) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  std::atomic<std::size_t> next = 0;
  auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) task(i);
  };
  std::vector<std::jthread> pool;
  pool.reserve(workers - 1);
  for (std::size_t i = 1; i < workers; ++i) pool.emplace_back(work);
  work();
}

}  // namespace credence
