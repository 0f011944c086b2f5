#pragma once

#include <credence/base/bytes.h>
#include <credence/base/result.h>

#include <string>

namespace credence {

// Small files that must survive a power cut and that nobody else may read (mode 0600, folders
// 0700). Errors: store.io, store.missing, store.locked, store.full.

Result<Done> make_private_directory(const std::string& path);  // fine when it is there already
bool file_exists(const std::string& path);
// Absent file: the error store.missing. Longer than `limit`: store.io.
Result<Bytes> read_file(const std::string& path, std::size_t limit);
// Replaces the file as a whole: temporary file, fsync, rename, fsync of the folder.
Result<Done> write_durably(const std::string& path, ByteView bytes);
// Adds to the end and syncs.
Result<Done> append_durably(const std::string& path, ByteView bytes);
// Overwrites the bytes in place, syncs, unlinks, syncs the folder. Fine when it is absent.
Result<Done> destroy_file(const std::string& path);

// Held while a process writes the record; the kernel frees it when the process dies.
class LockFile {
 public:
  LockFile() = default;
  ~LockFile();
  LockFile(LockFile&& from) noexcept : descriptor_(from.descriptor_) { from.descriptor_ = -1; }
  LockFile& operator=(LockFile&& from) noexcept {
    std::swap(descriptor_, from.descriptor_);
    return *this;
  }
  static Result<LockFile> take(const std::string& path);

 private:
  int descriptor_ = -1;
};

}  // namespace credence
