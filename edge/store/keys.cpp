#include <credence/base/expects.h>
#include <credence/store/durable_file.h>
#include <credence/store/keys.h>
#include <dirent.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <utility>

namespace credence {

namespace {

constexpr std::size_t kKeySize = sizeof(Key);

Error key_error(std::string message) {
  return {"store.keys",
          std::move(message),
          {},
          "restore the key folder from its own backup; without it the record cannot be opened"};
}

std::string epoch_path(const std::string& directory, std::uint32_t epoch) {
  return fmt::format("{}/epoch-{}.key", directory, epoch);
}

Result<Done> read_key(const std::string& path, Key& to) {
  Result<Bytes> bytes = read_file(path, kKeySize);
  if (!bytes) return key_error(bytes.error().message);
  if (bytes->size() != kKeySize) return key_error(path + ": is not 32 bytes long");
  std::copy(bytes->begin(), bytes->end(), to.begin());
  wipe(*bytes);
  return Done{};
}

Result<Done> write_new_key(const std::string& path, Randomness& randomness) {
  Key key = randomness.draw<kKeySize>();
  Result<Done> written = write_durably(path, key);
  wipe(key);
  return written;
}

std::optional<std::uint32_t> epoch_of(std::string_view name) {
  constexpr std::string_view kPrefix = "epoch-", kSuffix = ".key";
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  name.remove_suffix(kSuffix.size());
  std::uint32_t epoch = 0;
  auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), epoch);
  if (problem != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  return epoch;
}

Result<std::vector<std::uint32_t>> list_epochs(const std::string& directory) {
  DIR* folder = ::opendir(directory.c_str());
  if (folder == nullptr) return key_error(directory + ": cannot read the key folder");
  std::vector<std::uint32_t> epochs;
  while (const dirent* entry = ::readdir(folder)) {
    if (std::optional<std::uint32_t> epoch = epoch_of(entry->d_name)) epochs.push_back(*epoch);
  }
  ::closedir(folder);
  std::sort(epochs.begin(), epochs.end());
  return epochs;
}

}  // namespace

KeyPage::KeyPage() {
  void* memory = ::mmap(nullptr, kSlots * kKeySize, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  expects(memory != MAP_FAILED, "a page of memory for keys");
  // Both are best effort: a low limit on locked memory must not keep the record from opening.
  (void)::mlock(memory, kSlots * kKeySize);
  (void)::madvise(memory, kSlots * kKeySize, MADV_DONTDUMP);
  slots_ = static_cast<Key*>(memory);
}

KeyPage::~KeyPage() {
  wipe({slots_[0].data(), kSlots * kKeySize});
  ::munmap(slots_, kSlots * kKeySize);
}

KeyRing::KeyRing(std::string directory, SigningKey signing)
    : directory_(std::move(directory)), signing_(std::move(signing)) {
  Hash hash = sha256(ByteView{signing_.verifier().key});
  std::copy_n(hash.begin(), issuer_.size(), issuer_.begin());
}

Result<Done> KeyRing::create(const std::string& directory, Randomness& randomness) {
  Result<Done> made = make_private_directory(directory);
  if (!made) return made;
  // A creation that was cut short may have left epochs behind; they wrap nothing.
  Result<std::vector<std::uint32_t>> stale = list_epochs(directory);
  if (!stale) return stale.error();
  for (std::uint32_t epoch : *stale) {
    Result<Done> gone = destroy_file(epoch_path(directory, epoch));
    if (!gone) return gone;
  }
  for (const std::string& path :
       {directory + "/signing.key", directory + "/index.key", epoch_path(directory, 1)}) {
    Result<Done> written = write_new_key(path, randomness);
    if (!written) return written;
  }
  return Done{};
}

Result<std::unique_ptr<KeyRing>> KeyRing::load(const std::string& directory,
                                               const std::string& origin) {
  Key seed;
  Result<Done> read = read_key(directory + "/signing.key", seed);
  if (!read) return read.error();
  Result<SigningKey> signing = SigningKey::from_seed(origin, seed);
  wipe(seed);
  if (!signing) return signing.error();
  std::unique_ptr<KeyRing> ring{new KeyRing{directory, std::move(*signing)}};
  read = read_key(directory + "/index.key", ring->page_[kIndexSlot]);
  if (!read) return read.error();
  read = ring->read_epochs();
  if (!read) return read.error();
  return ring;
}

Result<Done> KeyRing::read_epochs() const {
  Result<std::vector<std::uint32_t>> found = list_epochs(directory_);
  if (!found) return found.error();
  if (found->size() > KeyPage::kSlots - kFirstEpochSlot) {
    return key_error(directory_ + ": holds more epochs than there can be");
  }
  epochs_.clear();
  for (std::uint32_t epoch : *found) {
    Result<Done> read =
        read_key(epoch_path(directory_, epoch), page_[kFirstEpochSlot + epochs_.size()]);
    if (!read) return read;
    epochs_.push_back(epoch);
  }
  return Done{};
}

Hash KeyRing::pseudonym(std::string_view name) const {
  return hmac_sha256(page_[kIndexSlot], {as_bytes("subject-name-v1"), as_bytes(name)});
}

std::string KeyRing::pairwise(std::string_view recipient, std::string_view name) const {
  constexpr Byte kSeparator[] = {0};
  Hash mac = hmac_sha256(page_[kIndexSlot], {as_bytes("pairwise-v1"), kSeparator,
                                             as_bytes(recipient), kSeparator, as_bytes(name)});
  constexpr std::size_t kShown = 16;
  return to_hex(ByteView{mac}.first(kShown));
}

Hash KeyRing::erasure_mac(std::string_view line) const {
  constexpr Byte kSeparator[] = {0};
  return hmac_sha256(page_[kIndexSlot], {as_bytes("erasure-line-v1"), kSeparator, as_bytes(line)});
}

std::optional<Key> KeyRing::epoch_key(std::uint32_t epoch) const {
  auto known = [&]() -> std::optional<Key> {
    auto at = std::find(epochs_.begin(), epochs_.end(), epoch);
    if (at == epochs_.end()) return std::nullopt;
    return page_[kFirstEpochSlot + static_cast<std::size_t>(at - epochs_.begin())];
  };
  {
    std::shared_lock lock{mutex_};
    if (std::optional<Key> key = known()) return key;
  }
  std::unique_lock lock{mutex_};
  if (!read_epochs()) return std::nullopt;
  return known();
}

std::vector<std::uint32_t> KeyRing::epochs() const {
  std::shared_lock lock{mutex_};
  return epochs_;
}

Result<std::uint32_t> KeyRing::begin_epoch(Randomness& randomness) {
  std::unique_lock lock{mutex_};
  std::uint32_t next = epochs_.empty() ? 1 : epochs_.back() + 1;
  Result<Done> written = write_new_key(epoch_path(directory_, next), randomness);
  if (!written) return written.error();
  Result<Done> read = read_epochs();
  if (!read) return read.error();
  return next;
}

Result<Done> KeyRing::destroy_epochs_except(std::uint32_t kept) {
  std::unique_lock lock{mutex_};
  for (std::uint32_t epoch : epochs_) {
    if (epoch == kept) continue;
    Result<Done> gone = destroy_file(epoch_path(directory_, epoch));
    if (!gone) return gone;
  }
  return read_epochs();
}

}  // namespace credence
