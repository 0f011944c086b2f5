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

const char* help_for(int reason) {
  switch (reason) {
    case ENOENT:
      return "check the path";
    case EACCES:
    case EPERM:
      return "check the permissions";
    case ENOSPC:
    case EDQUOT:
      return "make room on the disk and run the same command again";
    case EISDIR:
      return "this is a folder; name a file in it";
    case ENOTDIR:
      return "a part of the path is a file and no folder";
    case EROFS:
      return "this disk is read-only; name another place";
    default:
      return "name another place, or see what is wrong with this one";
  }
}

Error file_error(std::string code, std::string_view verb, const std::string& path) {
  Where where;
  where.file = path;
  const int reason = errno;
  return Error{std::move(code), fmt::format("cannot {} the file: {}", verb, std::strerror(reason)),
               where, help_for(reason)};
}

// A file that is there and may not be read is no slip of who named it.
Error cannot_open(const std::string& path) {
  const bool is_missing = errno == ENOENT || errno == ENOTDIR;
  return file_error(is_missing ? "file.missing" : "file.read", "open", path);
}

// Where a file is written until it is whole. Only a regular file is replaced; a device or a link is
// written through.
std::string draft_of(const std::string& path) {
  std::error_code ec;
  const auto status = std::filesystem::symlink_status(path, ec);
  const bool replaces =
      !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
  return replaces ? path + ".partial" : path;
}

// What is written here may be about people: nobody but the owner reads a new file. A draft is
// always new: what stands in its place may be a link to something that is dear.
std::FILE* open_private(const std::string& path, bool is_draft) {
  if (is_draft) ::unlink(path.c_str());
  const int how = O_WRONLY | O_CREAT | O_CLOEXEC | (is_draft ? O_EXCL : O_TRUNC);
  int descriptor = ::open(path.c_str(), how, 0600);
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
    if (!owned) return cannot_open(path);
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
  const std::string draft = draft_of(path);
  const bool replace = draft != path;
  File file{open_private(draft, replace)};
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

Result<Done> can_write(const std::string& path, std::initializer_list<std::string> read) {
  if (path.empty()) return Error{"usage.out", "the answer's file has no name", {}, "name a file"};
  std::error_code ec;
  for (const std::string& input : read)
    if (std::filesystem::equivalent(path, input, ec) && !ec)
      return Error{"usage.out",
                   "the answer would be written over what it is made from",
                   {path},
                   "name another file"};
  const std::string draft = draft_of(path);
  if (draft == path) {
    if (::access(path.c_str(), W_OK) == 0 && !std::filesystem::is_directory(path, ec))
      return Done{};
    if (std::filesystem::is_directory(path, ec)) errno = EISDIR;
    return file_error("file.write", "create", path);
  }
  File file{open_private(draft, true)};
  if (!file) return file_error("file.write", "create", path);
  std::remove(draft.c_str());
  return Done{};
}

bool is_one_place(const std::string& a, const std::string& b) {
  std::error_code ec;
  if (std::filesystem::exists(a, ec))
    return std::filesystem::is_regular_file(a, ec) && std::filesystem::equivalent(a, b, ec);
  const auto place = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, ec), ec);
  };
  const auto first = place(a);
  return !ec && first == place(b);
}

GrowingFile::~GrowingFile() {
  if (file_ == nullptr) return;
  std::fclose(static_cast<std::FILE*>(file_));
  if (draft_ != path_) std::remove(draft_.c_str());
}

Result<Done> GrowingFile::add(std::string_view text) {
  if (file_ == nullptr) {
    draft_ = draft_of(path_);
    file_ = open_private(draft_, draft_ != path_);
  }
  if (file_ == nullptr) return file_error("file.write", "create", path_);
  if (std::fwrite(text.data(), 1, text.size(), static_cast<std::FILE*>(file_)) != text.size()) {
    return file_error("file.write", "write", path_);
  }
  return Done{};
}

Result<Done> GrowingFile::close() {
  if (file_ == nullptr) return Done{};
  const bool replaces = draft_ != path_;
  const bool closed = std::fclose(static_cast<std::FILE*>(std::exchange(file_, nullptr))) == 0;
  if (closed && (!replaces || std::rename(draft_.c_str(), path_.c_str()) == 0)) return Done{};
  Error error = file_error("file.write", "write", path_);
  if (replaces) std::remove(draft_.c_str());
  return error;
}

Result<Done> make_folder(const std::string& path) {
  std::error_code ec;
  std::filesystem::create_directories(path, ec);
  if (!ec) return Done{};
  errno = ec.value();
  return file_error("file.write", "create", path);
}

}  // namespace credence
