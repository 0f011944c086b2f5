// How fast event files are read on one core, against a bound of the same run: counting the line
// ends of the same bytes, which any reader must at least do.
#include <credence/event/reader.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

namespace {

using namespace credence;

constexpr int kRows = 1'000'000;
constexpr int kRounds = 3;

Programme make_programme() {
  Programme programme;
  programme.currency = *find_currency("EUR");
  programme.sources.emplace_back().id = "bank";
  programme.events = {{"bill",
                       0,
                       {{"amount", FieldType::money, false, {}, {}},
                        {"due", FieldType::date, false, {}, {}},
                        {"paid", FieldType::date, true, {}, {}}}}};
  return programme;
}

std::string make_file(FileFormat format, bool has_key) {
  std::string file = format == FileFormat::csv ? "subject,event,at,key,amount,due,paid\n" : "";
  for (int row = 0; row < kRows; ++row) {
    std::string at = to_text(date_of_day_number(19000 + row % 1000));
    std::string due = to_text(date_of_day_number(18990 + row % 1000));
    std::string key = has_key ? fmt::format("bill-{}", row) : "";
    if (format == FileFormat::csv) {
      file += fmt::format("person-{},bill,{},{},{}.{:02} EUR,{},{}\n", row % 50000, at, key,
                          row % 900, row % 100, due, at);
    } else {
      std::string member = has_key ? fmt::format(R"("key":"{}",)", key) : "";
      file += fmt::format(
          R"({{"subject":"person-{}","event":"bill","at":"{}",{}"amount":"{}.{:02} EUR",)"
          R"("due":"{}","paid":"{}"}})"
          "\n",
          row % 50000, at, member, row % 900, row % 100, due, at);
    }
  }
  return file;
}

template <class Work>
double best_seconds(Work work) {
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    auto start = std::chrono::steady_clock::now();
    work();
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    best = std::min(best, took.count());
  }
  return best;
}

int read_file(FileFormat format, const Programme& programme, std::string_view file) {
  int events = 0;
  OnRecord count = [&events](std::uint64_t, ReadRecord record) {
    events += std::holds_alternative<Event>(record) ? 1 : 0;
  };
  auto reader = make_reader(format, std::make_shared<const Programme>(programme));
  for (std::size_t at = 0; at < file.size(); at += 1 << 20)
    reader->feed(file.substr(at, 1 << 20), count);
  reader->finish(count);
  return events;
}

bool measure(std::string_view name, FileFormat format, bool has_key) {
  const Programme programme = make_programme();
  const std::string file = make_file(format, has_key);
  std::ptrdiff_t lines = 0;
  double bound = best_seconds([&] { lines = std::count(file.begin(), file.end(), '\n'); });
  int events = 0;
  double took = best_seconds([&] { events = read_file(format, programme, file); });
  fmt::print(
      "{:<28} {:>9.0f} rows/s {:>7.1f} MB/s   {:>5.1f} times the line count of the same bytes\n",
      name, kRows / took, static_cast<double>(file.size()) / took / 1e6, took / bound);
  return events == kRows && lines >= kRows;
}

}  // namespace

int main() {
  bool whole = measure("CSV, keys given", FileFormat::csv, true);
  whole = measure("CSV, keys from content", FileFormat::csv, false) && whole;
  whole = measure("JSON Lines, keys given", FileFormat::json_lines, true) && whole;
  whole = measure("JSON Lines, keys from content", FileFormat::json_lines, false) && whole;
  return whole ? 0 : 1;
}
