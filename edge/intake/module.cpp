#include <credence/base/text.h>
#include <credence/intake/module.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace credence {

namespace {

using WriteFile = int (*)(const char* path, std::size_t rows, std::size_t columns,
                          const char* const* names, const double* const* numbers,
                          const char* const* const* words, char* error, std::size_t error_size);
using OpenFile = int (*)(const char* path, const char* const* columns, ArrowArrayStream* out,
                         char* error, std::size_t error_size);

constexpr const char* kModule = "libcredence_parquet.so";

// The folder of the program or library that this code is linked into.
std::filesystem::path own_folder() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&open_columnar), &info) == 0) return {};
  std::error_code ec;
  auto path = std::filesystem::canonical(info.dli_fname, ec);
  if (ec) path = std::filesystem::canonical("/proc/self/exe", ec);
  return path.parent_path();
}

void* load_module() {
  if (void* beside = dlopen((own_folder() / kModule).c_str(), RTLD_NOW | RTLD_LOCAL)) return beside;
  return dlopen(kModule, RTLD_NOW | RTLD_LOCAL);
}

template <class Function>
Function entry(const char* name) {
  static void* const module = load_module();
  return module == nullptr ? nullptr : reinterpret_cast<Function>(dlsym(module, name));
}

Error no_module(std::string_view what, const std::string& path) {
  return {"table.module",
          fmt::format("{} through {}, which is not beside the program", what, kModule),
          {path},
          "python3 -m venv build/venv && build/venv/bin/pip install pyarrow && ./dev build; "
          "or take CSV"};
}

}  // namespace

Result<ArrowBatches> open_columnar(const std::string& path, bool parquet,
                                   const ArrowOptions& options) {
  auto open = entry<OpenFile>(parquet ? "credence_open_parquet" : "credence_open_arrow");
  if (open == nullptr)
    return no_module(parquet ? "Parquet files are read" : "Arrow files are read", path);
  std::vector<const char*> names;
  for (const std::string& column : options.columns) names.push_back(column.c_str());
  names.push_back(nullptr);
  ArrowArrayStream stream{};
  std::string message(1000, '\0');
  int code = open(path.c_str(), options.columns.empty() ? nullptr : names.data(), &stream,
                  message.data(), message.size());
  if (code != 0) {
    message.resize(message.find('\0'));
    if (!is_utf8(message)) message = "the file is damaged";
    return Error{"table.arrow",
                 fmt::format("the file cannot be read: {}", message),
                 {path},
                 "check that it is whole; pyarrow.parquet.read_table() would say the same"};
  }
  auto batches = ArrowBatches::open(&stream, options);
  if (batches) return batches;
  Error error = batches.error();
  error.where.file = path;
  return error;
}

Result<Done> write_parquet(const std::string& path, std::span<const ColumnToWrite> columns) {
  auto write = entry<WriteFile>("credence_write_parquet");
  if (write == nullptr) return no_module("Parquet files are written", path);
  std::size_t rows = 0;
  std::vector<const char*> names;
  std::vector<const double*> numbers;
  std::vector<std::vector<const char*>> lists;
  std::vector<const char* const*> words;
  for (const ColumnToWrite& column : columns) {
    rows = std::max(column.words.size(), column.numbers.size());
    names.push_back(column.name.c_str());
    numbers.push_back(column.numbers.data());
    std::vector<const char*>& list = lists.emplace_back();
    for (const std::string& word : column.words) list.push_back(word.c_str());
  }
  for (const auto& list : lists) words.push_back(list.empty() ? nullptr : list.data());
  std::string message(1000, '\0');
  int code = write(path.c_str(), rows, columns.size(), names.data(), numbers.data(), words.data(),
                   message.data(), message.size());
  if (code == 0) return Done{};
  message.resize(message.find('\0'));
  return Error{"file.write", fmt::format("cannot write: {}", message), {path}, ""};
}

}  // namespace credence
