#pragma once

#include <credence/base/result.h>

#include <functional>
#include <string>
#include <string_view>

namespace credence {

// The whole file, at most `limit` bytes. Errors: file.missing, file.read, file.large.
Result<std::string> read_text(const std::string& path, std::size_t limit = 16 << 20);

// Written beside its place and moved into it, so that no reader sees half a file. Errors:
// file.write.
Result<Done> write_file(const std::string& path, std::string_view content);

// The file (or stdin for "-") in pieces, with how much was read and how much there is (0 =
// unknown).
using OnPiece =
    std::function<Result<Done>(std::string_view piece, std::uint64_t done, std::uint64_t total)>;
Result<Done> read_pieces(const std::string& path, const OnPiece& on_piece);

// A file that grows: created on the first line, so that no empty file is left behind. Errors:
// file.write.
class GrowingFile {
 public:
  explicit GrowingFile(std::string path) : path_(std::move(path)) {}
  ~GrowingFile();
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;
  Result<Done> add(std::string_view text);
  Result<Done> close();
  const std::string& path() const { return path_; }
  bool exists() const { return file_ != nullptr; }

 private:
  std::string path_;
  void* file_ = nullptr;
};

Result<Done> make_folder(const std::string& path);

}  // namespace credence
