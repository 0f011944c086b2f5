#include <credence/intake/bytes_of_file.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace credence {

namespace {

constexpr std::size_t kPage = 1U << 22U;

Error file_error(std::string code, std::string_view verb, const std::string& path, int reason) {
  std::string help = reason == ENOENT   ? "check the path"
                     : reason == EACCES ? "check the permissions"
                                        : "see what is wrong with this place";
  return Error{std::move(code),
               fmt::format("cannot {} the file: {}", verb, std::strerror(reason)),
               {path},
               help};
}

Result<std::string> read_all(int descriptor, const std::string& path) {
  std::string text;
  std::string buffer(1U << 20U, '\0');
  for (;;) {
    ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error("file.read", "read", path, errno);
    if (got == 0) return text;
    text.append(buffer, 0, static_cast<std::size_t>(got));
  }
}

struct Descriptor {
  int number = -1;
  bool close = true;
  ~Descriptor() {
    if (close && number >= 0) ::close(number);
  }
};

}  // namespace

Result<FileBytes> FileBytes::open(const std::string& path) {
  bool standard = path == "-";
  Descriptor file{standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC), !standard};
  if (file.number < 0) {
    // A file that is there and may not be read is no slip of who named it.
    const bool is_missing = errno == ENOENT || errno == ENOTDIR;
    return file_error(is_missing ? "file.missing" : "file.read", "open", path, errno);
  }
  struct stat info{};
  if (::fstat(file.number, &info) != 0) return file_error("file.read", "read", path, errno);
  if (S_ISDIR(info.st_mode))
    return Error{"file.folder", "this is a folder, not a file", {path}, "name the file in it"};
  FileBytes bytes;
  auto size = static_cast<std::size_t>(info.st_size);
  if (S_ISREG(info.st_mode) && size > 0 && !standard) {
    void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number, 0);
    if (mapped != MAP_FAILED) {
      ::madvise(mapped, size, MADV_SEQUENTIAL);
      bytes.view_ = {static_cast<const char*>(mapped), size};
      bytes.mapped_ = true;
      return bytes;
    }
  }
  auto text = read_all(file.number, path);
  if (!text) return text.error();
  bytes.owned_ = *std::move(text);
  bytes.view_ = bytes.owned_;
  return bytes;
}

FileBytes::FileBytes(FileBytes&& other) noexcept {
  *this = std::move(other);
}

FileBytes& FileBytes::operator=(FileBytes&& other) noexcept {
  if (this == &other) return *this;
  std::swap(view_, other.view_);
  std::swap(owned_, other.owned_);
  std::swap(mapped_, other.mapped_);
  std::swap(dropped_, other.dropped_);
  if (!mapped_) view_ = owned_;  // a short string moves with its bytes
  if (!other.mapped_) other.view_ = other.owned_;
  return *this;
}

FileBytes::~FileBytes() {
  if (mapped_) ::munmap(const_cast<char*>(view_.data()), view_.size());
}

void FileBytes::done_with(std::size_t offset) {
  std::size_t whole = offset / kPage * kPage;
  if (!mapped_ || whole <= dropped_) return;
  ::madvise(const_cast<char*>(view_.data()) + dropped_, whole - dropped_, MADV_DONTNEED);
  dropped_ = whole;
}

}  // namespace credence
