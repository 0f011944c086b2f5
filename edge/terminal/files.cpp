#include <credence/terminal/files.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

namespace credence {

namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

Error file_error(std::string code, std::string_view verb, const std::string& path) {
  Where where;
  where.file = path;
  std::string help = errno == ENOENT   ? "check the path"
                     : errno == EACCES ? "check the permissions"
                     : errno == ENOSPC ? "make room on the disk and run the same command again"
                                       : "";
  return Error{std::move(code), fmt::format("cannot {} the file: {}", verb, std::strerror(errno)),
               where, help};
}

// What is written here may be about people: nobody but the owner reads a new file.
std::FILE* open_private(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  return descriptor < 0 ? nullptr : ::fdopen(descriptor, "wb");
}

}  // namespace

Result<Done> read_pieces(const std::string& path, const OnPiece& on_piece) {
  File owned;
  std::FILE* file = stdin;
  std::uint64_t total = 0;
  if (path != "-") {
    std::error_code ec;
    if (std::filesystem::is_directory(path, ec)) {
      return Error{"file.folder", "this is a folder, not a file", {path}, "name the files in it"};
    }
    owned.reset(std::fopen(path.c_str(), "rb"));
    if (!owned) return file_error("file.missing", "open", path);
    file = owned.get();
    auto size = std::filesystem::file_size(path, ec);
    if (!ec) total = size;
  }
  std::vector<char> buffer(1 << 20);
  std::uint64_t done = 0;
  for (;;) {
    std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file);
    done += got;
    if (got > 0) {
      auto taken = on_piece({buffer.data(), got}, done, total);
      if (!taken) return taken.error();
    }
    if (got < buffer.size()) {
      if (std::ferror(file) != 0) return file_error("file.read", "read", path);
      return Done{};
    }
  }
}

Result<std::string> read_text(const std::string& path, std::size_t limit) {
  std::string text;
  auto read = read_pieces(
      path, [&](std::string_view piece, std::uint64_t done, std::uint64_t) -> Result<Done> {
        if (done > limit) {
          return Error{"file.large",
                       fmt::format("the file is larger than {} MiB", limit >> 20),
                       {path},
                       "this is not the kind of file that belongs here"};
        }
        text += piece;
        return Done{};
      });
  if (!read) return read.error();
  return text;
}

Result<Done> write_file(const std::string& path, std::string_view content) {
  // Only a regular file is replaced; a device or a link is written through.
  std::error_code ec;
  auto status = std::filesystem::symlink_status(path, ec);
  bool replace = !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
  std::string draft = replace ? path + ".partial" : path;
  File file{open_private(draft)};
  if (!file) return file_error("file.write", "create", path);
  bool written = std::fwrite(content.data(), 1, content.size(), file.get()) == content.size();
  written = std::fflush(file.get()) == 0 && written;
  if (written && !replace) return Done{};
  if (!written || std::rename(draft.c_str(), path.c_str()) != 0) {
    Error error = file_error("file.write", "write", path);
    if (replace) std::remove(draft.c_str());
    return error;
  }
  return Done{};
}

GrowingFile::~GrowingFile() {
  if (file_ != nullptr) std::fclose(static_cast<std::FILE*>(file_));
}

Result<Done> GrowingFile::add(std::string_view text) {
  if (file_ == nullptr) file_ = open_private(path_);
  if (file_ == nullptr) return file_error("file.write", "create", path_);
  if (std::fwrite(text.data(), 1, text.size(), static_cast<std::FILE*>(file_)) != text.size()) {
    return file_error("file.write", "write", path_);
  }
  return Done{};
}

Result<Done> GrowingFile::close() {
  if (file_ == nullptr) return Done{};
  int closed = std::fclose(static_cast<std::FILE*>(std::exchange(file_, nullptr)));
  if (closed != 0) return file_error("file.write", "write", path_);
  return Done{};
}

Result<Done> make_folder(const std::string& path) {
  std::error_code ec;
  std::filesystem::create_directories(path, ec);
  if (!ec) return Done{};
  errno = ec.value();
  return file_error("file.write", "create", path);
}

}  // namespace credence
