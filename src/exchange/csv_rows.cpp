#include <credence/base/text.h>
#include <credence/exchange/csv_rows.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

class Splitter {
 public:
  Splitter(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  // The next row; false at the end.
  Result<bool> next(CsvRows::Row& row) {
    row = {{""}, {file_, line_, 1, 1}};
    if (at_ >= text_.size()) return false;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '"' && row.fields.back().empty() && !closed_) {
        if (auto done = quoted(row.fields.back()); !done) return done.error();
        continue;
      }
      ++at_;
      if (c == '\n') {
        ++line_;
        closed_ = false;
        return true;
      }
      if (c == ',') {
        row.fields.emplace_back();
        closed_ = false;
      } else if (c != '\r') {
        if (closed_)
          return Error{"import.csv",
                       "something stands behind a closed quote",
                       {file_, line_},
                       "double the quotes within a field"};
        row.fields.back() += c;
      }
    }
    closed_ = false;
    return true;
  }

 private:
  Result<Done> quoted(std::string& field) {
    std::uint32_t begun = line_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') {
        field += text_[at_];
        continue;
      }
      if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        field += text_[++at_];
        continue;
      }
      ++at_;
      closed_ = true;
      return Done{};
    }
    return Error{"import.csv", "a quote is never closed", {file_, begun}, "close it with \""};
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool closed_ = false;
};

}  // namespace

int CsvRows::find(std::initializer_list<std::string_view> any) const {
  for (std::string_view wanted : any) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (lower(names[i]) == lower(wanted)) return static_cast<int>(i);
    }
  }
  return -1;
}

Result<CsvRows> read_csv_rows(std::string_view text, const std::string& file) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (!is_utf8(text))
    return Error{"import.csv", "the file is not UTF-8", {file}, "save it as UTF-8"};
  CsvRows out;
  Splitter splitter{text, file};
  CsvRows::Row row;
  while (true) {
    auto more = splitter.next(row);
    if (!more) return more.error();
    if (!*more) break;
    if (row.fields.size() == 1 && row.fields[0].empty()) continue;
    if (out.names.empty()) {
      out.names = std::move(row.fields);
      continue;
    }
    if (row.fields.size() != out.names.size())
      return Error{
          "import.csv",
          fmt::format("{} fields, where the first row has {}", row.fields.size(), out.names.size()),
          row.where, "give every row as many fields"};
    out.rows.push_back(row);
  }
  if (out.rows.empty())
    return Error{"import.csv", "the file has no rows", {file}, "export the table again"};
  return out;
}

}  // namespace credence
