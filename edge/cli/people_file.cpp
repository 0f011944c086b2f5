#include <credence/cli/people_file.h>

#include <fmt/format.h>

#include <optional>

#include <credence/cli/files.h>
#include <credence/event/csv_splitter.h>
#include <credence/event/value.h>

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

bool is_header(const RawRecord& record) {
  return !record.fault && record.fields.size() == 2 && record.fields[0] == "subject" &&
         record.fields[1] == "sources";
}

std::optional<Error> fault_of(const RawRecord& record) {
  if (record.fault) return record.fault;
  if (record.fields.size() != 2) {
    return Error{"people.columns", fmt::format("{} columns instead of 2", record.fields.size()), {},
                 "write: subject,sources"};
  }
  return check_name(record.fields[0], "people.subject");
}

class PeopleReader {
 public:
  explicit PeopleReader(const std::string& path) : path_(path) {}

  Result<Done> take() {
    while (const RawRecord* record = splitter_.next()) {
      if (!std::exchange(header_read_, true)) {
        if (is_header(*record)) continue;
        return Error{"people.header", "the first line is not `subject,sources`", {path_, 1, 1},
                     "give the file these two columns"};
      }
      if (auto fault = fault_of(*record)) {
        fault->where.file = path_;
        fault->where.line = static_cast<std::uint32_t>(record->line);
        file_.faults.push_back(*std::move(fault));
        continue;
      }
      file_.people.push_back({std::string{record->fields[0]}, split(record->fields[1], ';')});
    }
    return Done{};
  }

  void append(std::string_view piece) { splitter_.append(mark_.pass(piece)); }
  void end() {
    splitter_.append(mark_.rest());
    splitter_.end();
  }
  PeopleFile file() { return std::move(file_); }

 private:
  std::string path_;
  ByteOrderMark mark_;
  CsvSplitter splitter_{',', 1};
  bool header_read_ = false;
  PeopleFile file_;
};

}  // namespace

Result<PeopleFile> read_people_file(const std::string& path) {
  PeopleReader reader(path);
  auto read = read_pieces(path, [&](std::string_view piece, std::uint64_t, std::uint64_t) -> Result<Done> {
    reader.append(piece);
    return reader.take();
  });
  if (!read) return read.error();
  reader.end();
  if (auto done = reader.take(); !done) return done.error();
  return reader.file();
}

}  // namespace credence
