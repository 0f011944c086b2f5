#pragma once

#include <credence/base/bytes.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace credence {

// A disk in memory, registered as an SQLite VFS. It knows what was synced; when the power goes, a
// random subset, a prefix, or torn 512-byte parts of the writes that were not synced survive. It
// can also fail its n-th operation. Limits: a sync covers the whole file, neighbours of a torn
// write are not harmed, and a new file is in its folder from its first sync on.
class Disk {
 public:
  explicit Disk(std::string name);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  const std::string& name() const { return name_; }

  // The power goes at the n-th write, truncation or sync from now; nothing works afterwards.
  void cut_power_at(std::uint64_t operation);
  bool is_dark();
  // REQUIRES: nobody has a file open. What survived is there, and the disk works again.
  void restore_power(std::mt19937_64& random);
  void lie_in_one_sync_of(int syncs) { lies_ = syncs; }  // 0: honest

  enum class Repeat { once, for_ever };
  enum class Cause { input_output, full };
  // Fails the n-th operation (reads count too) from now.
  void fail_at(std::uint64_t operation, Repeat repeat, Cause cause);
  void heal();
  std::uint64_t failures();
  void delay_syncs_by(int microseconds) { delay_ = microseconds; }

  std::uint64_t writes() const { return writes_; }
  std::uint64_t syncs() const { return syncs_; }
  Bytes contents(const std::string& path);
  // Overwrites bytes behind SQLite's back.
  void damage(const std::string& path, std::size_t offset, Byte mask);

  struct Change {  // a write, or a truncation when `bytes` is empty
    std::size_t offset = 0;
    Bytes bytes;
    bool truncates = false;
  };
  struct File {
    Bytes present, durable;
    std::vector<Change> unsynced;
    bool is_in_folder = false;
    int handles = 0, sharers = 0;
    const void* reserved = nullptr;
    const void* exclusive = nullptr;
    std::vector<std::unique_ptr<Byte[]>> regions;
    struct Slot {
      int sharers = 0;
      bool exclusive = false;
    } slots[8];
  };

  // For the VFS. Each returns an SQLite result code.
  std::mutex& mutex() { return mutex_; }
  std::shared_ptr<File> find(const std::string& path, bool create);
  int remove(const std::string& path);
  int read(File& file, void* to, std::size_t count, std::size_t offset);
  int write(File& file, const void* from, std::size_t count, std::size_t offset);
  int truncate(File& file, std::size_t size);
  int sync(File& file);

 private:
  int pass(int code);  // an operation that may fail
  bool uses_power();   // false once the power is gone
  void survive(File& file, std::mt19937_64& random);

  const std::string name_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<File>> files_;
  std::uint64_t until_dark_ = 0, until_failure_ = 0, failures_ = 0, writes_ = 0, syncs_ = 0;
  bool dark_ = false;
  Repeat repeat_ = Repeat::once;
  Cause cause_ = Cause::input_output;
  int lies_ = 0, delay_ = 0;
  std::mt19937_64 lottery_{1};
};

}  // namespace credence
