#include <credence/lab/result_folder.h>
#include <credence/terminal/files.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

namespace credence {

namespace {

namespace fs = std::filesystem;

// The file by which a data folder is known. The society opens none; it only keeps away.
constexpr const char* kRecordFile = "credence.db";

// The folder of a record that `path` is or lies in; empty when there is none. Links are followed,
// as far as the path exists.
std::string record_around(const std::string& path) {
  std::error_code unknown;
  fs::path folder = fs::weakly_canonical(fs::absolute(path, unknown), unknown);
  while (true) {
    if (fs::exists(folder / kRecordFile, unknown)) return folder.string();
    if (!folder.has_relative_path()) return {};
    folder = folder.parent_path();
  }
}

}  // namespace

Result<Done> open_result_folder(const std::string& path) {
  std::string record = record_around(path);
  if (!record.empty()) {
    return Error{"society.record",
                 fmt::format("{} holds a record of real people", record),
                 {},
                 "give a folder of its own to people who do not exist, with --out"};
  }
  if (auto made = make_folder(path); !made) return made;
  if (::access(path.c_str(), W_OK | X_OK) == 0) return Done{};
  return Error{"file.write", "no file can be made in this folder", {path}, "check the permissions"};
}

}  // namespace credence
