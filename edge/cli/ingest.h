#pragma once

#include <credence/cli/book.h>
#include <credence/event/reader.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace credence {

// How files are read: the programme in force, with the maps of --map in place of its own. What is
// read is admitted under the programme in force all the same, and the charter judges the maps.
using ReadingRules = std::shared_ptr<const Programme>;
Result<ReadingRules> reading_rules(const Book& book, const Arguments& arguments);

struct IngestFile {
  std::string path;  // "-" is standard input
  FileFormat format = FileFormat::csv;
  std::string rejects;
};

// What became of a file's records. Refused ones are counted by article and kept nowhere.
struct IngestReport {
  std::uint64_t recorded = 0, duplicates = 0, skipped = 0;
  std::map<std::string, std::uint64_t> refused;  // by article
  // By error code. Besides what could not be read there is event.conflict: the person has a fact
  // with this record's key that says something else, so nothing was recorded.
  std::map<std::string, std::uint64_t> rejected;
  std::string rejects_file;  // empty: no line was rejected
};

// Reads the file in constant memory. What was acknowledged before an error stays; running the same
// file again adds only what is missing.
Result<IngestReport> ingest(const Book& book, const ReadingRules& rules, const IngestFile& file,
                            const Progress& progress);

}  // namespace credence
