#include <credence/base/expects.h>
#include <credence/store/random.h>
#include <openssl/crypto.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>

namespace credence {

Randomness::~Randomness() {
  wipe(block_);
}

void Randomness::refill() {
  std::size_t done = 0;
  while (done < block_.size()) {
    ssize_t count = ::getrandom(block_.data() + done, block_.size() - done, 0);
    if (count < 0 && errno == EINTR) continue;
    // Without randomness nothing may be sealed, and Linux promises it once the system is up.
    expects(count > 0, "the operating system gives randomness");
    done += static_cast<std::size_t>(count);
  }
  used_ = 0;
}

void Randomness::fill(std::span<Byte> to) {
  while (!to.empty()) {
    if (used_ == block_.size()) refill();
    std::size_t count = std::min(to.size(), block_.size() - used_);
    std::span<Byte> from{block_.data() + used_, count};
    std::copy(from.begin(), from.end(), to.begin());
    wipe(from);
    used_ += count;
    to = to.subspan(count);
  }
}

void wipe(std::span<Byte> bytes) {
  OPENSSL_cleanse(bytes.data(), bytes.size());
}

}  // namespace credence
