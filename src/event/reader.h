#pragma once

#include <credence/event/event.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

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
// What comes out does not depend on how the bytes were cut into pieces. Formats and error codes:
// docs/formats/events.md.
class EventReader {
 public:
  virtual ~EventReader() = default;
  virtual void feed(std::string_view bytes, const OnRecord& on_record) = 0;
  virtual void finish(const OnRecord& on_record) = 0;  // the last record may lack its newline

  // Columns of the file that no map names. Nothing of them is read or stored (A03: free text never
  // counts).
  virtual std::span<const std::string> ignored_columns() const { return {}; }
};

// A CSV whose header names Credence's own columns (subject,event,at,key and the fields' names)
// needs no map; otherwise every [[map]] whose columns are all in the header reads every row that
// its `when` wants, in the order of the programme, so that one row may give several events. A
// header that fits nothing is one Reject at its line that names the missing columns, and nothing
// else is read.
std::unique_ptr<EventReader> make_reader(FileFormat format, const LawfulProgramme& programme);
// The same for a programme that is not (yet) judged: trials and the synthetic society. What it
// reads cannot be recorded, because only consent's admit() makes an Admitted, and it wants a
// LawfulProgramme.
std::unique_ptr<EventReader> make_reader(FileFormat format,
                                         std::shared_ptr<const Programme> programme);

// A reject as a line of CSV with its line end, for the file that goes back to the source:
// line,field,code,reason,help,text. Bytes that are not valid text are written as \xNN.
std::string_view reject_header();
std::string reject_line(const Reject& reject);

}  // namespace credence
