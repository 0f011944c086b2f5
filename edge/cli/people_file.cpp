#include <credence/cli/people_file.h>
#include <credence/cli/table.h>
#include <credence/event/value.h>

#include <algorithm>

namespace credence {

namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    std::string_view part = text.substr(0, text.find(separator));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
  return parts;
}

}  // namespace

Result<PeopleFile> read_people_file(const std::string& path) {
  PeopleFile file;
  const std::string columns[] = {"subject", "sources"};
  auto faults = read_table(path, ',', columns, [&](std::uint64_t, auto values) -> Result<Done> {
    if (auto error = check_name(values[0], "people.subject")) return *error;
    file.people.push_back({std::string{values[0]}, split(values[1], ';')});
    return Done{};
  });
  if (!faults) return faults.error();
  file.faults = *std::move(faults);
  return file;
}

Result<PeopleFile> read_people_column(const std::string& path, char delimiter,
                                      const std::string& column,
                                      const std::vector<std::string>& consents) {
  PeopleFile file;
  const std::string columns[] = {column};
  auto faults =
      read_table(path, delimiter, columns, [&](std::uint64_t, auto values) -> Result<Done> {
        if (auto error = check_name(values[0], "people.subject")) return *error;
        file.people.push_back({std::string{values[0]}, consents});
        return Done{};
      });
  if (!faults) return faults.error();
  file.faults = *std::move(faults);
  return file;
}

}  // namespace credence
