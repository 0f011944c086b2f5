#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include <credence/event/event.h>

namespace credence {

// A line that could not be read: which, what is wrong in which field, how to mend it, and the line
// itself.
struct Reject {
  std::uint64_t line = 0;  // of the record's first line, from 1
  std::string field;       // empty when the whole line is at fault
  Error error;
  std::string text;  // the record as it stood in the file
};

struct Skipped {};  // a row that no map wants (`when`); counted, not an error

// A record read: an event or why not. `line` is its first line in the file.
using ReadRecord = std::variant<Event, Reject, Skipped>;
using OnRecord = std::function<void(std::uint64_t line, ReadRecord record)>;

enum class FileFormat { csv, json_lines };

// Reads records from bytes that arrive in pieces, in constant memory (a record is at most 1 MiB).
class EventReader {
 public:
  virtual ~EventReader() = default;
  virtual void feed(std::string_view bytes, const OnRecord& on_record) = 0;
  virtual void finish(const OnRecord& on_record) = 0;  // the last record may lack its newline
};

// A CSV whose header names Credence's own columns (subject,event,at,key and the fields' names)
// needs no map; otherwise the programme's [[map]] entries are tried, all whose columns are in the
// header, in their order. A header that fits nothing is one Reject at line 1 that names the missing
// columns, and nothing else is read.
std::unique_ptr<EventReader> make_reader(FileFormat format, const LawfulProgramme& programme);

}  // namespace credence
