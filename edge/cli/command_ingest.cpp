#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <credence/cli/ingest.h>
#include <credence/terminal/files.h>
#include <credence/terminal/progress.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace credence {

namespace {

Result<FileFormat> format_of(const Arguments& arguments, const std::string& path) {
  std::string format = arguments.one_or("format", "");
  if (format == "csv") return FileFormat::csv;
  if (format == "jsonl") return FileFormat::json_lines;
  if (path.ends_with(".csv") || path.ends_with(".asc")) return FileFormat::csv;
  if (path.ends_with(".jsonl") || path.ends_with(".ndjson")) return FileFormat::json_lines;
  return Error{"usage.format",
               "the file's name does not tell its format",
               {path},
               "say --format csv or jsonl"};
}

Json to_json(const std::string& path, const IngestReport& report) {
  auto counts = [](const std::map<std::string, std::uint64_t>& from) {
    Json::Object to;
    for (const auto& [name, count] : from) to.emplace(name, count);
    return to;
  };
  return Json::Object{{"duplicates", report.duplicates},
                      {"file", path},
                      {"recorded", report.recorded},
                      {"refused", counts(report.refused)},
                      {"rejected", counts(report.rejected)},
                      {"rejects_file", report.rejects_file},
                      {"skipped", report.skipped}};
}

std::uint64_t total(const std::map<std::string, std::uint64_t>& counts) {
  std::uint64_t sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

std::string breakdown(const std::map<std::string, std::uint64_t>& counts) {
  std::string text;
  for (const auto& [name, count] : counts)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name);
  return text;
}

void print(Console& console, const std::string& path, const IngestReport& report) {
  std::string line = fmt::format("{}: {} recorded", path, report.recorded);
  if (report.duplicates > 0) line += fmt::format(", {} there already", report.duplicates);
  if (report.skipped > 0) line += fmt::format(", {} rows that no map wants", report.skipped);
  if (!report.refused.empty()) {
    line += fmt::format(", {} refused and not stored ({})", total(report.refused),
                        breakdown(report.refused));
  }
  if (!report.rejected.empty()) {
    line += fmt::format(", {} rejected ({}); see {}", total(report.rejected),
                        breakdown(report.rejected), report.rejects_file);
  }
  console.out(line + "\n");
}

// What the exit code says of a file, worst first.
Exit exit_of(const IngestReport& report) {
  if (report.rejected.contains("csv.header"))
    return Exit::bad_input;  // nothing of it could be read
  if (!report.rejected.empty() || !report.refused.empty()) return Exit::no;
  if (report.recorded == 0) return Exit::nothing_new;
  return Exit::yes;
}

Exit worse(Exit a, Exit b) {
  auto rank = [](Exit exit) {
    return exit == Exit::bad_input ? 3 : exit == Exit::no ? 2 : exit == Exit::yes ? 1 : 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

// Where unreadable lines go. A list of an earlier run is removed, so that what lies there is of
// this run; the input and the record itself are never written over.
Result<std::string> rejects_path(const Arguments& arguments, const std::string& path) {
  std::string rejects =
      arguments.one_or("rejects", (path == "-" ? "stdin" : path) + ".rejects.csv");
  std::error_code ec;
  std::filesystem::path folder = std::filesystem::weakly_canonical(rejects, ec).parent_path();
  bool is_input = path != "-" && std::filesystem::equivalent(rejects, path, ec);
  bool in_record = std::filesystem::equivalent(folder, arguments.one("data"), ec) ||
                   std::filesystem::equivalent(folder.parent_path(), arguments.one("data"), ec);
  if (is_input || in_record) {
    return Error{
        "usage.rejects",
        is_input ? "--rejects names the input itself" : "--rejects names a file of the record",
        {rejects},
        "choose another file"};
  }
  if (std::filesystem::is_regular_file(std::filesystem::symlink_status(rejects, ec))) {
    std::filesystem::remove(rejects, ec);
  }
  return rejects;
}

Exit run_ingest(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  auto rules = reading_rules(*book, arguments);
  if (!rules) return fail(console, rules.error());
  Exit exit = Exit::nothing_new;
  Json::Array answer;
  std::vector<std::string> files = arguments.all("FILE");
  if (files.size() > 1 && arguments.has("rejects")) {
    return fail(
        console,
        {"usage.rejects", "--rejects is for one file", {}, "leave it out: FILE.rejects.csv"});
  }
  for (const std::string& path : files) {
    auto format = format_of(arguments, path);
    if (!format) return fail(console, format.error());
    auto rejects = rejects_path(arguments, path);
    if (!rejects) return fail(console, rejects.error());
    ProgressBar progress(console, path, "bytes");
    auto report = ingest(*book, *rules, {path, *format, *rejects},
                         [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    progress.finish();
    if (!report) return fail(console, report.error());
    exit = worse(exit, exit_of(*report));
    if (arguments.has("json"))
      answer.push_back(to_json(path, *report));
    else
      print(console, path, *report);
  }
  if (arguments.has("json")) console.out(to_pretty_json(std::move(answer)) + "\n");
  return exit;
}

}  // namespace

Command ingest_command() {
  return {"ingest",
          "bring records in: each with a live consent is recorded, the rest is counted or rejected",
          "credence ingest bills.csv rentals.jsonl --data demo/data",
          {{"FILE", "FILE", "CSV or JSON Lines; - reads standard input", true, true},
           {"map", "FILE", "[[map]] sections that turn the file's own columns into events"},
           {"format", "csv|jsonl", "when the name does not tell", false, false, {"csv", "jsonl"}},
           {"rejects", "FILE", "where unreadable lines go (FILE.rejects.csv)"},
           data_option(),
           json_option(),
           clock_option()},
          run_ingest};
}

}  // namespace credence
