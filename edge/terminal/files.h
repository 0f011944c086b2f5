#pragma once

#include <credence/base/result.h>

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

namespace credence {

// The whole file, at most `limit` bytes. Errors: file.missing, file.read (it is there and cannot be
// read), file.large.
Result<std::string> read_text(const std::string& path, std::size_t limit = 16 << 20);

// Written beside its place and moved into it, so that no reader sees half a file. Errors:
// file.write.
Result<Done> write_file(const std::string& path, std::string_view content);

// The file (or stdin for "-") in pieces, with how much was read and how much there is (0 =
// unknown).
using OnPiece =
    std::function<Result<Done>(std::string_view piece, std::uint64_t done, std::uint64_t total)>;
Result<Done> read_pieces(const std::string& path, const OnPiece& on_piece);

// Whether an answer can be written to `path` before it is worked for: usage.out (it is one of the
// files that are read), file.write. Leaves nothing behind.
Result<Done> can_write(const std::string& path, std::initializer_list<std::string> read = {});

// Whether two answers would be one file: the later one would take the earlier one's place. A device
// takes both.
bool is_one_place(const std::string& a, const std::string& b);

// A file that grows: created on the first line, so that no empty file is left behind, beside its
// place; close() moves it there, and without it what was there stays. Errors: file.write.
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
  std::string path_, draft_;
  void* file_ = nullptr;
};

Result<Done> make_folder(const std::string& path);

}  // namespace credence
