#include <credence/base/text.h>
#include <credence/intake/text_source.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

TextSource::TextSource(std::string_view text, std::string file, const IntakeOptions& options)
    : text_(text),
      at_(text.data()),
      end_(text.data() + text.size()),
      file_(std::move(file)),
      options_(options),
      rules_(options.decimal, options.missing) {
  if (text.starts_with("\xEF\xBB\xBF")) at_ += 3;
}

Error TextSource::fault(std::string code, std::string message, std::string help) const {
  return {std::move(code),
          std::move(message),
          {file_, static_cast<std::uint32_t>(std::min<std::uint64_t>(line_, UINT32_MAX))},
          std::move(help)};
}

Error TextSource::fault(Error error) const {
  return fault(std::move(error.code), std::move(error.message), std::move(error.help));
}

bool TextSource::wants_texts(std::string_view name) const {
  const auto& list = options_.text_columns;
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool TextSource::wants(std::string_view name) const {
  const auto& list = options_.columns;
  return list.empty() || std::find(list.begin(), list.end(), name) != list.end();
}

Result<Done> TextSource::require_wanted() const {
  auto missing = [&](const std::string& name) {
    return std::find(names_.begin(), names_.end(), name) == names_.end();
  };
  for (const auto* list : {&options_.columns, &options_.text_columns}) {
    bool selected = list == &options_.text_columns && !options_.columns.empty();
    auto absent = std::find_if(list->begin(), list->end(), missing);
    if (absent == list->end() || selected) continue;
    std::string near = nearest(*absent, std::span<const std::string>(names_));
    return Error{"table.column",
                 fmt::format("there is no column `{}`", *absent),
                 {file_},
                 near.empty() ? "check the names in the file's first line"
                              : fmt::format("did you mean `{}`?", near)};
  }
  return Done{};
}

std::string too_many_texts(const IntakeOptions& options) {
  return fmt::format("it has more than {} different texts", options.most_texts);
}

void TextSource::note_line() {
  std::uint64_t shift = line_ - rows_;
  std::size_t row = rows_ - taken_;
  if (breaks_.empty() || breaks_.back().shift != shift) breaks_.push_back({row, shift});
}

IntakeTable TextSource::take() {
  IntakeTable out;
  out.file = file_;
  std::size_t rows = rows_ - taken_;
  std::vector<Column> columns;
  for (GrowingColumn& column : columns_) {
    if (column.is_left_out()) out.left_out.push_back({column.name(), too_many_texts(options_)});
    Column taken = column.take();
    if (!column.is_left_out()) columns.push_back(std::move(taken));
  }
  out.table = Table(rows, std::move(columns));
  out.lines = std::exchange(breaks_, {});
  for (IntakeTable::Break& at : out.lines) at.shift += taken_;
  taken_ = rows_;
  return out;
}

Result<Done> TextSource::finish() const {
  if (rows_ == 0)
    return Error{"table.empty",
                 "the file has no rows",
                 {file_},
                 "a table needs a header and at least one row below it"};
  std::string odd, flags;
  std::size_t count = 0;
  for (const GrowingColumn& column : columns_) {
    auto found = column.odd_cells();
    if (!found) continue;
    flags += fmt::format(" --text {}", column.name());
    if (++count <= 5) odd += fmt::format("{}{}", odd.empty() ? "" : "; ", *found);
  }
  if (count == 0) return Done{};
  if (count > 5) odd += fmt::format("; and {} more columns", count - 5);
  return Error{"table.mixed",
               fmt::format("numbers and texts in one column: {}", odd),
               {file_},
               fmt::format("mend the cells; or say{} for columns of texts; or --missing VALUE when "
                           "the odd value stands for missing",
                           flags)};
}

}  // namespace credence
