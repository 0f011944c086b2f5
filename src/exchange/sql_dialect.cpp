#include <credence/base/bytes.h>
#include <credence/exchange/naming.h>
#include <credence/exchange/sql_dialect.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

using F = ExportFormat;

std::string replaced(std::string_view text, char what, std::string_view by) {
  std::string out;
  for (char c : text) {
    if (c == what)
      out += by;
    else
      out += c;
  }
  return out;
}

bool escapes_with_backslash(ExportFormat format) {
  return format == F::bigquery || format == F::spark || format == F::snowflake;
}

std::string backslash_escaped(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '\'' || c == '\\')
      out += fmt::format("\\{}", c);
    else if (byte < 0x20)
      out += fmt::format("\\u{:04x}", byte);
    else
      out += c;
  }
  return out + "'";
}

// SQL Server takes a backslash before the end of a line for a literal that goes on, and drops both:
// such a text is put together from pieces. The first is cast because shorter ones, put together,
// are cut at 4,000 characters.
std::string sqlserver_text(std::string_view text) {
  std::vector<std::string> pieces;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    bool ends =
        i == text.size() || (i > 0 && text[i - 1] == '\\' && (text[i] == '\n' || text[i] == '\r'));
    if (!ends) continue;
    pieces.push_back("N'" + replaced(text.substr(from, i - from), '\'', "''") + "'");
    from = i;
  }
  if (pieces.size() == 1) return pieces.front();
  pieces.front() = "CAST(" + pieces.front() + " AS nvarchar(max))";
  return fmt::format("({})", fmt::join(pieces, " + "));
}

// SQLite reads decimals to about 15 digits only, so that a threshold could move by one bit. A
// whole number divided or multiplied by powers of two is exact.
std::string sqlite_number(double value) {
  if (value == 0) return "0.0";
  int exponent = 0;
  double mantissa = std::frexp(std::abs(value), &exponent);
  auto whole = static_cast<std::int64_t>(std::ldexp(mantissa, 53));
  exponent -= 53;
  while (whole % 2 == 0) {
    whole /= 2;
    ++exponent;
  }
  std::string out = fmt::format("CAST({}{} AS REAL)", value < 0 ? "-" : "", whole);
  const char* operation = exponent < 0 ? " / " : " * ";
  for (int left = std::abs(exponent); left > 0;) {
    int step = std::min(left, 62);
    out += fmt::format("{}CAST({} AS REAL)", operation, std::int64_t{1} << step);
    left -= step;
  }
  return fmt::format("({} /* {} */)", out, decimal(value));
}

// An exponent makes it a double in MySQL and SQL Server, where a plain decimal is exact decimal.
std::string with_exponent(double value) {
  std::string text = fmt::format("{}", value);
  return text.find('e') == std::string::npos ? text + "e0" : text;
}

std::size_t longest_name(ExportFormat format) {
  switch (format) {
    case F::postgresql:
      return 63;
    case F::mysql:
      return 64;
    case F::oracle:
    case F::sqlserver:
      return 128;
    case F::snowflake:
      return 255;
    case F::bigquery:
      return 300;
    default:
      return 10'000;
  }
}

}  // namespace

Result<Done> SqlDialect::check_identifier(std::string_view name) const {
  std::size_t most = longest_name(format_);
  std::size_t length =
      format_ == F::postgresql || format_ == F::oracle ? name.size() : characters(name);
  if (name.empty() || length > most) {
    return Error{"exchange.name",
                 fmt::format("`{}` has {} characters, and {} names columns by 1 to {}", name,
                             length, to_text(format_), most),
                 {},
                 "shorten the name in the card and in the table"};
  }
  bool quote = format_ == F::oracle && name.find('"') != std::string_view::npos;
  bool backtick = format_ == F::bigquery && name.find('`') != std::string_view::npos;
  if (!quote && !backtick) return Done{};
  return Error{"exchange.name",
               fmt::format("{} has no columns with a quote in their name, as in `{}`",
                           to_text(format_), name),
               {},
               "rename it in the card and in the table"};
}

Result<Done> SqlDialect::check_text(std::string_view text) const {
  if (format_ != F::oracle || !text.empty()) return Done{};
  return Error{"exchange.text",
               "Oracle takes an empty text for NULL, and this card tells them apart",
               {},
               "give the empty text the points of a missing one, and take it out of the card"};
}

std::string SqlDialect::identifier(std::string_view name) const {
  if (format_ == F::sqlserver) return "[" + replaced(name, ']', "]]") + "]";
  if (format_ == F::mysql || format_ == F::spark) return "`" + replaced(name, '`', "``") + "`";
  if (format_ == F::bigquery) return "`" + replaced(name, '\\', "\\\\") + "`";
  return "\"" + replaced(name, '"', "\"\"") + "\"";
}

std::string SqlDialect::number(double value) const {
  switch (format_) {
    case F::sqlite:
      return sqlite_number(value);
    case F::postgresql:
      return fmt::format("'{}'::double precision", decimal(value));
    case F::duckdb:
      return fmt::format("CAST('{}' AS DOUBLE)", decimal(value));
    case F::snowflake:
      return fmt::format("'{}'::FLOAT", decimal(value));
    case F::oracle:
    case F::spark:
      return decimal(value) + (format_ == F::oracle ? "d" : "D");
    case F::mysql:
    case F::sqlserver:
      return with_exponent(value);
    default:
      return decimal(value);
  }
}

std::string SqlDialect::text(std::string_view value) const {
  if (escapes_with_backslash(format_)) return backslash_escaped(value);
  if (format_ == F::sqlserver) return sqlserver_text(value);
  bool backslash = value.find('\\') != std::string_view::npos;
  std::string quoted = "'" + replaced(value, '\'', "''") + "'";
  if (!backslash) return quoted;
  // Whether a backslash escapes depends on the session; these two ways do not.
  if (format_ == F::postgresql) return "E" + replaced(quoted, '\\', "\\\\");
  if (format_ == F::mysql) return fmt::format("_utf8mb4 X'{}'", to_hex(as_bytes(value)));
  return quoted;
}

// Databases whose texts are equal to others (of another case, with blanks at the end) compare the
// bytes instead.
std::string SqlDialect::comparable(std::string_view value) const {
  if (format_ == F::mysql) return fmt::format("X'{}'", to_hex(as_bytes(value)));
  return format_ == F::sqlserver ? as_comparable(text(value)) : text(value);
}

std::string SqlDialect::as_comparable(std::string_view column) const {
  switch (format_) {
    case F::mysql:
      return fmt::format("CAST(CONVERT({} USING utf8mb4) AS BINARY)", column);
    case F::sqlserver:
      return fmt::format("CONVERT(varbinary(max), CAST({} AS nvarchar(max)))", column);
    case F::sqlite:
      return fmt::format("CAST({} AS TEXT)", column);
    case F::postgresql:
      return fmt::format("CAST({} AS text) COLLATE \"C\"", column);
    case F::duckdb:
      return fmt::format("CAST({} AS VARCHAR)", column);
    default:
      return std::string{column};
  }
}

std::string SqlDialect::as_number(std::string_view column) const {
  switch (format_) {
    case F::postgresql:
      return fmt::format("CAST({} AS double precision)", column);
    case F::sqlite:
      return fmt::format("CAST({} AS REAL)", column);
    case F::sqlserver:
    case F::snowflake:
      return fmt::format("CAST({} AS FLOAT)", column);
    case F::oracle:
      return fmt::format("TO_BINARY_DOUBLE({})", column);
    case F::bigquery:
      return fmt::format("CAST({} AS FLOAT64)", column);
    default:
      return fmt::format("CAST({} AS DOUBLE)", column);
  }
}

std::string SqlDialect::is_missing(std::string_view expression) const {
  switch (format_) {
    case F::postgresql:
      return fmt::format("{0} IS NULL OR {0} = 'NaN'::double precision", expression);
    case F::snowflake:
      return fmt::format("{0} IS NULL OR {0} = 'NaN'::FLOAT", expression);
    case F::oracle:
      return fmt::format("{0} IS NULL OR {0} IS NAN", expression);
    case F::bigquery:
      return fmt::format("{0} IS NULL OR IS_NAN({0})", expression);
    case F::duckdb:
    case F::spark:
      return fmt::format("{0} IS NULL OR isnan({0})", expression);
    default:  // these have no NaN
      return fmt::format("{} IS NULL", expression);
  }
}

std::string SqlDialect::greatest(const std::vector<std::string>& expressions) const {
  if (format_ == F::sqlserver) {
    return fmt::format("(SELECT MAX(v) FROM (VALUES (0), ({})) AS g(v))",
                       fmt::join(expressions, "), ("));
  }
  constexpr std::size_t kArguments = 50;  // some functions take no more than about a hundred
  const char* name = format_ == F::sqlite ? "MAX" : "GREATEST";
  std::vector<std::string> level = expressions;
  do {
    std::vector<std::string> next;
    for (std::size_t at = 0; at < level.size() || next.empty(); at += kArguments) {
      std::size_t to = std::min(level.size(), at + kArguments);
      std::span<const std::string> group =
          std::span{level}.subspan(std::min(at, to), to - std::min(at, to));
      next.push_back(group.empty() ? fmt::format("{}(0, 0)", name)
                                   : fmt::format("{}(0, {})", name, fmt::join(group, ", ")));
    }
    level = std::move(next);
  } while (level.size() > 1);
  return level.front();
}

}  // namespace credence
