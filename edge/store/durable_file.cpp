#include <credence/store/durable_file.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace credence {

namespace {

constexpr mode_t kPrivateFile = 0600;
constexpr mode_t kPrivateDirectory = 0700;

Error failed(const std::string& path, std::string_view doing) {
  int cause = errno;
  std::string code = cause == ENOSPC || cause == EDQUOT ? "store.full" : "store.io";
  if (cause == ENOENT) code = "store.missing";
  return {code, fmt::format("{}: cannot {}: {}", path, doing, std::strerror(cause)), {}, ""};
}

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags, mode_t mode = kPrivateFile)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }
  explicit operator bool() const { return value_ >= 0; }

 private:
  int value_;
};

bool write_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

Result<Done> sync_directory_of(const std::string& path) {
  std::size_t slash = path.rfind('/');
  std::string directory =
      slash == std::string::npos ? "." : path.substr(0, std::max(slash, std::size_t{1}));
  Descriptor file(directory, O_RDONLY | O_DIRECTORY);
  if (!file || ::fsync(file.get()) != 0) return failed(directory, "sync the folder");
  return Done{};
}

}  // namespace

Result<Done> make_private_directory(const std::string& path) {
  if (::mkdir(path.c_str(), kPrivateDirectory) == 0) return sync_directory_of(path);
  if (errno != EEXIST) return failed(path, "make the folder");
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return failed(path, "look at it");
  if (!S_ISDIR(status.st_mode)) return Error{"store.io", path + ": is not a folder"};
  return Done{};
}

bool file_exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

Result<Bytes> read_file(const std::string& path, std::size_t limit) {
  Descriptor file(path, O_RDONLY);
  if (!file) return failed(path, "open it");
  Bytes bytes;
  std::array<Byte, 4096> buffer;
  while (true) {
    ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(path, "read it");
    if (count == 0) return bytes;
    append(bytes, ByteView{buffer}.first(static_cast<std::size_t>(count)));
    if (bytes.size() > limit) return Error{"store.io", path + ": is longer than it can be"};
  }
}

Result<Done> write_durably(const std::string& path, ByteView bytes) {
  std::string temporary = path + ".new";
  {
    Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file) return failed(temporary, "create it");
    if (!write_all(file.get(), bytes)) return failed(temporary, "write it");
    if (::fsync(file.get()) != 0) return failed(temporary, "sync it");
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return failed(path, "put it in place");
  return sync_directory_of(path);
}

Result<Done> append_durably(const std::string& path, ByteView bytes) {
  bool fresh = !file_exists(path);
  {
    Descriptor file(path, O_WRONLY | O_CREAT | O_APPEND);
    if (!file) return failed(path, "open it");
    if (!write_all(file.get(), bytes)) return failed(path, "write it");
    if (::fsync(file.get()) != 0) return failed(path, "sync it");
  }
  return fresh ? sync_directory_of(path) : Result<Done>{Done{}};
}

Result<Done> destroy_file(const std::string& path) {
  {
    Descriptor file(path, O_WRONLY);
    if (!file && errno == ENOENT) return Done{};
    if (!file) return failed(path, "open it");
    struct stat status;
    if (::fstat(file.get(), &status) != 0) return failed(path, "look at it");
    Bytes zeros(static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)), Byte{0});
    if (!write_all(file.get(), zeros)) return failed(path, "overwrite it");
    if (::fsync(file.get()) != 0) return failed(path, "sync it");
  }
  if (::unlink(path.c_str()) != 0) return failed(path, "remove it");
  return sync_directory_of(path);
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<LockFile> LockFile::take(const std::string& path) {
  LockFile lock;
  lock.descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kPrivateFile);
  if (lock.descriptor_ < 0) return failed(path, "open it");
  if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return failed(path, "lock it");
  return Error{"store.locked",
               path + ": another process writes this record",
               {},
               "end that process, or open the record for reading"};
}

}  // namespace credence
