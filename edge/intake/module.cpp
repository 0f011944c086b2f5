#include <credence/base/text.h>
#include <credence/intake/module.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace credence {

namespace {

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

OpenFile entry(bool parquet) {
  static void* const module = load_module();
  if (module == nullptr) return nullptr;
  const char* name = parquet ? "credence_open_parquet" : "credence_open_arrow";
  return reinterpret_cast<OpenFile>(dlsym(module, name));
}

}  // namespace

Result<ArrowBatches> open_columnar(const std::string& path, bool parquet,
                                   const ArrowOptions& options) {
  OpenFile open = entry(parquet);
  if (open == nullptr)
    return Error{"table.module",
                 fmt::format("{} files are read through {}, which is not beside the program",
                             parquet ? "Parquet" : "Arrow", kModule),
                 {path},
                 "python3 -m venv build/venv && build/venv/bin/pip install pyarrow && ./dev build; "
                 "or write the table as CSV"};
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

}  // namespace credence
