#pragma once

#include <credence/base/result.h>

#include <string>
#include <string_view>

namespace credence {

// The bytes of a file: mapped into memory, so that a file larger than memory can be walked through;
// stdin ("-") and pipes are read into memory first. Errors: file.missing, file.folder, file.read.
class FileBytes {
 public:
  static Result<FileBytes> open(const std::string& path);
  FileBytes() = default;  // of no file
  FileBytes(FileBytes&& other) noexcept;
  FileBytes& operator=(FileBytes&& other) noexcept;
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  ~FileBytes();

  std::string_view view() const { return view_; }
  bool is_mapped() const { return mapped_; }
  // What lies before this offset will not be read again.
  void done_with(std::size_t offset);

 private:
  std::string_view view_;
  std::string owned_;
  bool mapped_ = false;
  std::size_t dropped_ = 0;
};

}  // namespace credence
