#pragma once

#include <string>
#include <vector>

#include <credence/base/result.h>

namespace credence {

struct PersonLine {
  std::string subject;
  std::vector<std::string> consents;  // SOURCE or SOURCE@RECIPIENT
};

// A CSV with the columns subject,sources: one person a line, sources separated by semicolons. Lines that cannot
// be read are named in `faults`; the others stand.
struct PeopleFile {
  std::vector<PersonLine> people;
  std::vector<Error> faults;
};
Result<PeopleFile> read_people_file(const std::string& path);

}  // namespace credence
