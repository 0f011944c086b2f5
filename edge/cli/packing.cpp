#include <credence/cli/packing.h>
#include <credence/terminal/files.h>
#include <credence/workbook/workbook.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace credence {

namespace {

const std::vector<std::string> kFormats = {"html", "json", "xlsx"};

bool is_format(const std::string& format) {
  return std::find(kFormats.begin(), kFormats.end(), format) != kFormats.end();
}

}  // namespace

Result<std::vector<PackFile>> pack_files(const Arguments& arguments) {
  const std::string& out = arguments.one("out");
  std::vector<std::string> formats = arguments.all("format");
  std::string extension = std::filesystem::path(out).extension().string();
  if (!extension.empty()) extension.erase(0, 1);
  if (is_format(extension)) {
    if (formats.empty() || formats == std::vector<std::string>{extension})
      return std::vector<PackFile>{{out, extension}};
    return Error{
        "usage.out",
        fmt::format("`{}` is one file, and --format asks for {}", out, fmt::join(formats, ", ")),
        {},
        "name a folder, or leave --format out"};
  }
  if (!extension.empty())
    return Error{"usage.out",
                 fmt::format("`{}` ends in none of .html, .json and .xlsx", out),
                 {},
                 "name such a file, or a folder for all three"};
  if (auto made = make_folder(out); !made) return made.error();
  std::vector<PackFile> files;
  for (const std::string& format : formats.empty() ? kFormats : formats)
    files.push_back({fmt::format("{}/validation.{}", out, format), format});
  return files;
}

Result<Done> write_pack(const ValidationPack& pack, const PackFile& target, Language language) {
  if (target.format == "html") return write_file(target.path, to_html(pack, language));
  if (target.format == "json") return write_file(target.path, to_pretty_json(to_json(pack)) + "\n");
  return write_workbook(pack, language, target.path);
}

}  // namespace credence
