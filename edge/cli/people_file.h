#pragma once

#include <credence/base/result.h>

#include <string>
#include <vector>

namespace credence {

struct PersonLine {
  std::string subject;
  std::vector<std::string> consents;  // SOURCE or SOURCE@RECIPIENT
};

// People of a CSV file. Lines that cannot be read are named in `faults`; the others stand.
struct PeopleFile {
  std::vector<PersonLine> people;
  std::vector<Error> faults;
};

// Columns subject,sources: one person a line, sources separated by semicolons.
Result<PeopleFile> read_people_file(const std::string& path);
// Any file with a column that names the person; each gave the same consents.
Result<PeopleFile> read_people_column(const std::string& path, char delimiter,
                                      const std::string& column,
                                      const std::vector<std::string>& consents);

}  // namespace credence
