#include "crash/disk.h"

#include <credence/base/expects.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace credence {

void register_vfs(Disk& disk);  // disk_vfs.cpp
void unregister_vfs(Disk& disk);

namespace {

constexpr std::size_t kSector = 512;

void settle(Bytes& to, const Disk::Change& change) {
  if (change.truncates) {
    to.resize(change.offset);
    return;
  }
  if (to.size() < change.offset + change.bytes.size()) {
    to.resize(change.offset + change.bytes.size());
  }
  std::copy(change.bytes.begin(), change.bytes.end(),
            to.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

// Some sectors of the write reached the disk.
void tear(Bytes& to, const Disk::Change& change, std::mt19937_64& random) {
  for (std::size_t at = 0; at < change.bytes.size(); at += kSector) {
    if (random() % 2 == 0) continue;
    std::size_t end = std::min(at + kSector, change.bytes.size());
    settle(to, {change.offset + at,
                Bytes(change.bytes.begin() + static_cast<std::ptrdiff_t>(at),
                      change.bytes.begin() + static_cast<std::ptrdiff_t>(end)),
                false});
  }
}

}  // namespace

Disk::Disk(std::string name) : name_(std::move(name)) {
  register_vfs(*this);
}
Disk::~Disk() {
  unregister_vfs(*this);
}

void Disk::cut_power_at(std::uint64_t operation) {
  std::lock_guard lock{mutex_};
  until_dark_ = operation;
}

bool Disk::is_dark() {
  std::lock_guard lock{mutex_};
  return dark_;
}

bool Disk::uses_power() {
  if (dark_) return false;
  if (until_dark_ > 0 && --until_dark_ == 0) dark_ = true;
  return !dark_;
}

int Disk::pass(int code) {
  if (dark_) return code;
  if (until_failure_ == 0) return SQLITE_OK;
  if (until_failure_ > 1) {
    --until_failure_;
    return SQLITE_OK;
  }
  if (repeat_ == Repeat::once) until_failure_ = 0;
  ++failures_;
  return cause_ == Cause::full ? SQLITE_FULL : code;
}

void Disk::fail_at(std::uint64_t operation, Repeat repeat, Cause cause) {
  std::lock_guard lock{mutex_};
  until_failure_ = operation;
  repeat_ = repeat;
  cause_ = cause;
  failures_ = 0;
}

void Disk::heal() {
  std::lock_guard lock{mutex_};
  until_failure_ = 0;
}

std::uint64_t Disk::failures() {
  std::lock_guard lock{mutex_};
  return failures_;
}

Bytes Disk::contents(const std::string& path) {
  std::lock_guard lock{mutex_};
  auto at = files_.find(path);
  return at == files_.end() ? Bytes{} : at->second->present;
}

void Disk::damage(const std::string& path, std::size_t offset, Byte mask) {
  std::lock_guard lock{mutex_};
  File& file = *files_.at(path);
  file.present.at(offset) ^= mask;
  file.durable = file.present;
}

void Disk::survive(File& file, std::mt19937_64& random) {
  std::uint64_t manner = random() % 3;
  std::size_t prefix = file.unsynced.empty() ? 0 : random() % (file.unsynced.size() + 1);
  for (std::size_t i = 0; i < file.unsynced.size(); ++i) {
    const Change& change = file.unsynced[i];
    bool torn = manner == 2 && !change.truncates;
    if (torn) tear(file.durable, change, random);
    if (manner == 0 && random() % 2 == 0) settle(file.durable, change);
    if (manner == 1 && i < prefix) settle(file.durable, change);
  }
  file.unsynced.clear();
  file.present = file.durable;
}

void Disk::restore_power(std::mt19937_64& random) {
  std::lock_guard lock{mutex_};
  for (auto at = files_.begin(); at != files_.end();) {
    File& file = *at->second;
    expects(file.handles == 0, "Disk: files are closed before the power comes back");
    bool stays = file.is_in_folder || random() % 2 == 0;
    survive(file, random);
    file.regions.clear();
    at = stays ? std::next(at) : files_.erase(at);
  }
  dark_ = false;
  until_dark_ = until_failure_ = 0;
}

std::shared_ptr<Disk::File> Disk::find(const std::string& path, bool create) {
  auto at = files_.find(path);
  if (at != files_.end()) return at->second;
  if (!create) return nullptr;
  return files_.emplace(path, std::make_shared<File>()).first->second;
}

int Disk::remove(const std::string& path) {
  if (!uses_power()) return SQLITE_IOERR_DELETE;
  return files_.erase(path) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int Disk::read(File& file, void* to, std::size_t count, std::size_t offset) {
  if (int code = pass(SQLITE_IOERR_READ)) {
    // Reading cannot fail for lack of room.
    return code == SQLITE_FULL ? SQLITE_IOERR_READ : code;
  }
  std::size_t there = offset < file.present.size() ? file.present.size() - offset : 0;
  std::size_t copied = std::min(there, count);
  if (copied > 0) std::memcpy(to, file.present.data() + offset, copied);
  if (copied == count) return SQLITE_OK;
  std::memset(static_cast<Byte*>(to) + copied, 0, count - copied);
  return SQLITE_IOERR_SHORT_READ;
}

int Disk::write(File& file, const void* from, std::size_t count, std::size_t offset) {
  if (int code = pass(SQLITE_IOERR_WRITE)) return code;
  bool powered = uses_power();
  const Byte* bytes = static_cast<const Byte*>(from);
  Change change{offset, Bytes(bytes, bytes + count), false};
  // The write that the power cut hits may still reach the platter in part.
  if (powered) settle(file.present, change);
  file.unsynced.push_back(std::move(change));
  ++writes_;
  return powered ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int Disk::truncate(File& file, std::size_t size) {
  if (int code = pass(SQLITE_IOERR_TRUNCATE)) return code;
  if (!uses_power()) return SQLITE_IOERR_TRUNCATE;
  Change change{size, {}, true};
  settle(file.present, change);
  file.unsynced.push_back(std::move(change));
  return SQLITE_OK;
}

int Disk::sync(File& file) {
  if (delay_ > 0) ::usleep(static_cast<useconds_t>(delay_));
  if (int code = pass(SQLITE_IOERR_FSYNC)) return code;
  if (!uses_power()) return SQLITE_IOERR_FSYNC;
  ++syncs_;
  if (lies_ > 0 && lottery_() % static_cast<std::uint64_t>(lies_) == 0) return SQLITE_OK;
  for (const Change& change : file.unsynced) settle(file.durable, change);
  file.unsynced.clear();
  file.is_in_folder = true;
  return SQLITE_OK;
}

}  // namespace credence
