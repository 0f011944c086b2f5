#pragma once

#include <cstddef>
#include <functional>

namespace credence {

// Runs task(0) ... task(count - 1) on at most `threads` threads, in any order. Results cannot
// depend on the number of threads as long as each task writes to places of its own.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& task);

}  // namespace credence
