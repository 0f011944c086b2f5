#include <credence/base/text.h>
#include <credence/event/csv_splitter.h>
#include <credence/event/row_plan.h>
#include <credence/event/value.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// The header under one delimiter.
struct Candidate {
  char delimiter;
  Header header;
};

std::string possible_delimiters(const Programme& programme) {
  std::string delimiters = ",;\t|";
  for (const EventMap& map : programme.maps) {
    if (delimiters.find(map.delimiter) == std::string::npos) delimiters += map.delimiter;
  }
  return delimiters;
}

Result<Header> split_header(std::string_view line, char delimiter) {
  CsvSplitter splitter(delimiter, 1);
  splitter.append(line);
  splitter.end();
  const RawRecord* record = splitter.next();
  if (record == nullptr) return Header{};
  if (record->fault) return *record->fault;
  return Header{record->fields.begin(), record->fields.end()};
}

Understood understood(const Candidate& candidate, std::unique_ptr<RowPlan> plan) {
  return Understood{candidate.delimiter, candidate.header.size(), std::move(plan)};
}

bool some_map_fits(const Candidate& candidate, const Programme& programme) {
  return std::any_of(programme.maps.begin(), programme.maps.end(), [&](const EventMap& map) {
    return map.delimiter == candidate.delimiter && missing_columns(candidate.header, map).empty();
  });
}

// Tells what the nearest map lacks.
Fault no_map_fits(const std::vector<Candidate>& candidates, const Programme& programme) {
  const EventMap* nearest_map = nullptr;
  const Header* header = nullptr;
  std::vector<std::string> fewest;
  for (const EventMap& map : programme.maps) {
    for (const Candidate& candidate : candidates) {
      if (candidate.delimiter != map.delimiter) continue;
      auto missing = missing_columns(candidate.header, map);
      if (nearest_map != nullptr && missing.size() >= fewest.size()) continue;
      nearest_map = &map;
      header = &candidate.header;
      fewest = std::move(missing);
    }
  }
  if (nearest_map == nullptr) {  // under every map's delimiter the quotes are broken
    return Fault{"", Error{"csv.quote",
                           "the header cannot be cut under the delimiter of any map",
                           {},
                           "mend the quotes of the first line"}};
  }
  const std::string& first = fewest.front();
  bool twice = appears_twice(*header, first);
  std::string near = nearest(first, std::span<const std::string>{*header});
  std::string message =
      twice ? fmt::format("the column `{}` appears twice", first)
            : fmt::format("no map fits the header; `{}` comes nearest and misses {}{}",
                          nearest_map->name, listed(fewest),
                          near.empty() ? "" : fmt::format(": did you mean `{}`?", near));
  return Fault{
      first,
      Error{
          "csv.header", std::move(message), {}, fmt::format("columns seen: {}", listed(*header))}};
}

Fault nothing_fits(const std::vector<Candidate>& candidates, const Programme& programme) {
  const Candidate* closest = &candidates.front();
  for (const Candidate& candidate : candidates) {
    int native = native_columns_in(candidate.header);
    int best = native_columns_in(closest->header);
    bool closer =
        native > best || (native == best && candidate.header.size() > closest->header.size());
    if (closer) closest = &candidate;
  }
  if (programme.maps.empty() || native_columns_in(closest->header) >= 2) {
    return *check_native(closest->header, programme);
  }
  return no_map_fits(candidates, programme);
}

}  // namespace

std::size_t find_column(const Header& header, std::string_view name) {
  auto found = std::find(header.begin(), header.end(), name);
  return found == header.end() ? std::string::npos
                               : static_cast<std::size_t>(found - header.begin());
}

bool appears_twice(const Header& header, std::string_view name) {
  return std::count(header.begin(), header.end(), name) > 1;
}

std::string listed(const Header& header) {
  constexpr std::size_t kMostNames = 40;
  constexpr std::size_t kMostBytes = 60;
  std::string text;
  for (std::size_t i = 0; i < header.size() && i < kMostNames; ++i) {
    if (i > 0) text += ", ";
    text += fmt::format("`{}`", front_of(header[i], kMostBytes));
  }
  if (header.size() > kMostNames) text += fmt::format(" and {} more", header.size() - kMostNames);
  return text;
}

Reject make_reject(const RawRecord& record, Fault fault) {
  fault.error.where.line =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(record.line, UINT32_MAX));
  return Reject{record.line, std::move(fault.field), std::move(fault.error),
                std::string{record.text}};
}

std::variant<Understood, Fault> understand_header(std::string_view line,
                                                  const Programme& programme) {
  if (auto wrong = check_text(line)) {
    bool wide = line.starts_with("\xff\xfe") || line.starts_with("\xfe\xff");
    if (wide) wrong->help = "the file is UTF-16; write it as UTF-8";
    return Fault{"", *wrong};
  }
  if (line.find('\r') != line.npos && line.find('\n') == line.npos) {
    return Fault{"", Error{"csv.header",
                           "a carriage return stands inside the header",
                           {},
                           "end lines in LF or CRLF"}};
  }
  std::vector<Candidate> candidates;
  std::optional<Error> broken;
  for (char delimiter : possible_delimiters(programme)) {
    auto header = split_header(line, delimiter);
    if (header)
      candidates.push_back({delimiter, *header});
    else if (!broken)
      broken = header.error();
  }
  if (candidates.empty()) return Fault{"", *broken};
  for (const Candidate& candidate : candidates) {
    if (check_native(candidate.header, programme)) continue;
    return understood(candidate, make_native_plan(candidate.header, programme));
  }
  for (const Candidate& candidate : candidates) {
    if (!some_map_fits(candidate, programme)) continue;
    auto plan = make_map_plan(candidate.header, candidate.delimiter, programme);
    if (!plan) return Fault{"", plan.error()};
    return understood(candidate, std::move(*plan));
  }
  return nothing_fits(candidates, programme);
}

}  // namespace credence
