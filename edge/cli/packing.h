#pragma once

#include <credence/terminal/command.h>
#include <credence/validation/pack.h>

#include <string>
#include <vector>

namespace credence {

// Where a validation pack goes, and as what.
struct PackFile {
  std::string path, format;  // html, json, xlsx
};

// From --out and --format. Errors: usage.out (an ending that is none of these, or the two differ).
Result<std::vector<PackFile>> pack_files(const Arguments& arguments);
Result<Done> write_pack(const ValidationPack& pack, const PackFile& target, Language language);

}  // namespace credence
