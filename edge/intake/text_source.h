#pragma once

#include <credence/intake/growing_column.h>
#include <credence/intake/intake.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A file of text that becomes a table row by row: what CSV and JSON Lines have in common.
class TextSource {
 public:
  TextSource(std::string_view text, std::string file, const IntakeOptions& options);
  virtual ~TextSource() = default;

  // Reads at most `most` further rows; how many there were, 0 at the end.
  virtual Result<std::size_t> read(std::size_t most) = 0;
  // The rows read since the last take().
  IntakeTable take();
  // The errors that only the whole file shows.
  virtual Result<Done> finish() const;
  std::size_t offset() const { return static_cast<std::size_t>(at_ - text_.data()); }
  std::size_t size() const { return text_.size(); }

 protected:
  Error fault(std::string code, std::string message, std::string help) const;
  Error fault(Error error) const;  // with the line
  bool wants_texts(std::string_view name) const;
  bool wants(std::string_view name) const;
  Result<Done> require_wanted() const;  // every column that the options name is there
  void note_line();                     // a row begins at line_

  std::string_view text_;
  const char* at_;
  const char* end_;
  std::string file_;
  IntakeOptions options_;
  CellRules rules_;
  std::vector<GrowingColumn> columns_;
  std::vector<std::string> names_;  // of all columns of the file, wanted or not
  std::uint64_t line_ = 1;
  std::size_t rows_ = 0;   // in the file, so far
  std::size_t taken_ = 0;  // rows of earlier batches

 private:
  std::vector<IntakeTable::Break> breaks_;
};

// Why a column was left out.
std::string too_many_texts(const IntakeOptions& options);

std::unique_ptr<TextSource> make_json_source(std::string_view text, std::string file,
                                             const IntakeOptions& options);
// Reads the header. Errors: table.header, table.empty, table.column.
Result<std::unique_ptr<TextSource>> make_csv_source(std::string_view text, std::string file,
                                                    const IntakeOptions& options);

}  // namespace credence
