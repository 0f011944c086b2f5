#include <credence/base/expects.h>
#include <credence/clockwork/crew.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace credence {

struct Crew::Pool {
  using Task = std::function<void(std::size_t, unsigned)>;

  explicit Pool(unsigned wanted) : workers(wanted) {
    for (unsigned worker = 1; worker < workers; ++worker) {
      threads.emplace_back([this, worker] { serve(worker); });
    }
  }
  ~Pool() {
    {
      std::lock_guard lock(mutex);
      ending = true;
    }
    begin.notify_all();
    for (std::thread& thread : threads) thread.join();
  }

  void each(std::size_t count, const Task& work) {
    if (count == 0) return;
    {
      std::lock_guard lock(mutex);
      task = &work;
      tasks = count;
      next = 0;
      busy = workers - 1;
      failure = nullptr;
      ++round;
    }
    begin.notify_all();
    take(0);
    std::unique_lock lock(mutex);
    done.wait(lock, [this] { return busy == 0; });
    task = nullptr;
    if (failure) std::rethrow_exception(failure);
  }

  // An exception (memory, or what a prototype's rule throws) ends the round; the first one is
  // thrown again where the round was asked for.
  void take(unsigned worker) {
    try {
      for (std::size_t mine = next++; mine < tasks; mine = next++) (*task)(mine, worker);
    } catch (...) {
      next = tasks;
      std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  }

  void serve(unsigned worker) {
    std::uint64_t seen = 0;
    for (;;) {
      {
        std::unique_lock lock(mutex);
        begin.wait(lock, [&] { return ending || round != seen; });
        if (ending) return;
        seen = round;
      }
      take(worker);
      std::lock_guard lock(mutex);
      if (--busy == 0) done.notify_one();
    }
  }

  unsigned workers;
  std::vector<std::thread> threads;
  std::mutex mutex;
  std::condition_variable begin, done;
  const Task* task = nullptr;
  std::size_t tasks = 0;
  std::atomic<std::size_t> next{0};
  unsigned busy = 0;
  std::uint64_t round = 0;
  bool ending = false;
  std::exception_ptr failure;
};

Crew::Crew(unsigned threads) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  expects(threads <= 256, "Crew: at most 256 threads");
  pool_ = std::make_unique<Pool>(threads);
}

Crew::~Crew() = default;

unsigned Crew::threads() const {
  return pool_->workers;
}

void Crew::work(std::size_t people, const BlockWork& work) {
  pool_->each(blocks(people), [&](std::size_t block, unsigned worker) {
    std::size_t first = block * kBlock;
    work({block, first, std::min(people, first + kBlock)}, worker);
  });
}

void Crew::each(std::size_t tasks, const std::function<void(std::size_t, unsigned)>& work) {
  pool_->each(tasks, work);
}

}  // namespace credence
