#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <credence/cli/book.h>
#include <credence/event/reader.h>

namespace credence {

struct IngestFile {
  std::string path;  // "-" is standard input
  FileFormat format = FileFormat::csv;
  std::string rejects;
};

// What became of a file's records. Refused ones are counted by article and kept nowhere.
struct IngestReport {
  std::uint64_t recorded = 0, duplicates = 0, skipped = 0;
  std::map<std::string, std::uint64_t> refused;   // by article
  std::map<std::string, std::uint64_t> rejected;  // by error code
  std::string rejects_file;                       // empty: no line was rejected
};

// Reads the file in constant memory. What was acknowledged before an error stays; running the same file again
// adds only what is missing.
Result<IngestReport> ingest(const Book& book, const LawfulProgramme& programme, const IngestFile& file,
                            const Progress& progress);

// The programme in force, with the maps of --map in place of its own.
Result<LawfulProgramme> programme_with_maps(const Book& book, const Arguments& arguments);

}  // namespace credence
