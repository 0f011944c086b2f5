#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <credence/cli/river_card.h>
#include <credence/cli/table.h>
#include <credence/event/date_format.h>
#include <credence/monitor/discrimination.h>
#include <credence/terminal/files.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace credence {

namespace {

struct Case {
  std::string subject;
  Date date;
  bool bad = false;
};

Result<std::vector<Case>> read_cases(const Arguments& arguments, std::vector<Error>& faults) {
  auto delimiter = parse_delimiter(arguments.one_or("delimiter", ","));
  if (!delimiter) return delimiter.error();
  auto format = DateFormat::compile(arguments.one_or("date-format", ""));
  if (!format) {
    return Error{"usage.date-format",
                 fmt::format("`{}` is no date format", arguments.one("date-format")),
                 {},
                 "as in YYYY-MM-DD, YYMMDD or DD/MM/YYYY"};
  }
  std::vector<std::string> bad = arguments.all("bad");
  std::vector<std::string> good = arguments.all("good");
  const std::string columns[] = {arguments.one_or("subject", "subject"),
                                 arguments.one_or("date", "date"),
                                 arguments.one_or("outcome", "outcome")};
  std::vector<Case> cases;
  auto read = read_table(
      arguments.one("FILE"), *delimiter, columns, [&](std::uint64_t, auto v) -> Result<Done> {
        auto date = format->parse(v[1]);
        if (!date) {
          return Error{"backtest.date",
                       fmt::format("`{}` is not a date of this format", v[1]),
                       {},
                       "check --date-format"};
        }
        bool is_bad = std::find(bad.begin(), bad.end(), v[2]) != bad.end();
        if (!is_bad && std::find(good.begin(), good.end(), v[2]) == good.end()) {
          return Error{"backtest.outcome",
                       fmt::format("the outcome `{}` is neither bad nor good", v[2]),
                       {},
                       "name it with --bad or --good"};
        }
        cases.push_back({std::string{v[0]}, *date, is_bad});
        return Done{};
      });
  if (!read) return read.error();
  faults = *std::move(read);
  return cases;
}

struct Band {
  std::uint64_t bad = 0, good = 0;
};

struct Backtest {
  std::vector<ScoredOutcome> scored;
  std::uint64_t thin = 0, unknown = 0;
};

// The answers of each case and what came of it, for `credence train`: nobody is named, and rows
// stand in the order of their answers, so that they cannot be laid beside the file of cases.
class HistoryTable {
 public:
  explicit HistoryTable(const Programme& programme) : programme_(programme) {}

  void add(const Assessment& assessment, bool bad) {
    std::string row;
    for (std::size_t i = 0; i < programme_.features.size(); ++i)
      row +=
          feature_cell(programme_.features[i], programme_, assessment.features.values[i].answer) +
          ",";
    rows_.push_back(row + (bad ? "1\n" : "0\n"));
  }

  Result<Done> write(const std::string& path) {
    std::sort(rows_.begin(), rows_.end());
    std::string text;
    for (const Feature& feature : programme_.features) text += feature.id + ",";
    text += "bad\n";
    for (const std::string& row : rows_) text += row;
    return write_file(path, text);
  }

 private:
  const Programme& programme_;
  std::vector<std::string> rows_;
};

// Nothing is issued or disclosed: a measurement is not an assessment of the people behind it.
Result<Backtest> run_cases(const Book& book, const std::vector<Case>& cases,
                           HistoryTable& history) {
  Backtest test;
  for (const Case& one : cases) {
    auto enrolled = book.store().is_enrolled(one.subject);
    if (!enrolled) return enrolled.error();
    if (!*enrolled) {
      ++test.unknown;
      continue;
    }
    auto dossier = book.dossier(one.subject);
    if (!dossier) return dossier.error();
    Assessment assessment = book.engine().assess(*dossier, book.as_of(one.date));
    const Score* score = assessment.score();
    if (score == nullptr) {
      ++test.thin;
      continue;
    }
    test.scored.push_back({score->total, one.bad});
    history.add(assessment, one.bad);
  }
  return test;
}

std::string table(const Backtest& test, const Programme& programme) {
  std::map<int, Band> bands;
  for (const ScoredOutcome& one : test.scored) {
    const Tier* tier = programme.tier_of(one.score);
    Band& band = bands[tier == nullptr ? programme.lowest : tier->from];
    ++(one.bad ? band.bad : band.good);
  }
  std::string out = fmt::format("{:>8}  {:>6}  {:>5}  {:>8}\n", "from", "cases", "bad", "bad rate");
  for (const auto& [from, band] : bands) {
    std::uint64_t cases = band.bad + band.good;
    std::size_t blocks = static_cast<std::size_t>(band.bad * 40 / cases);
    std::string bar;
    for (std::size_t i = 0; i < blocks; ++i) bar += "█";
    out += fmt::format("{:>8}  {:>6}  {:>5}  {:>6.1f} %  {}\n", from, cases, band.bad,
                       100.0 * static_cast<double>(band.bad) / static_cast<double>(cases), bar);
  }
  return out;
}

Json to_json(const Backtest& test, const Discrimination& d) {
  auto decimal = [](double value) { return Json::Number{fmt::format("{:.6f}", value)}; };
  return Json::Object{{"auc", decimal(d.auc)},        {"auc_high", decimal(d.high)},
                      {"auc_low", decimal(d.low)},    {"bad", d.bad},
                      {"gini", decimal(d.gini)},      {"good", d.good},
                      {"ks", decimal(d.ks)},          {"ks_score", d.ks_score},
                      {"not_enough_data", test.thin}, {"not_enrolled", test.unknown}};
}

Exit run_backtest(const Arguments& arguments, Console& console) {
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  std::vector<Error> faults;
  auto cases = read_cases(arguments, faults);
  if (!cases) return fail(console, cases.error());
  HistoryTable history(*book->engine().programme());
  auto test = run_cases(*book, *cases, history);
  if (!test) return fail(console, test.error());
  // That somebody looked is a fact too, with how many and why, but not at whom.
  Json::Object access{{"cases", cases->size()}, {"what", "backtest"}};
  auto seen = book->record(Draft::statement(FactKind::staff_access, std::string{kOperatorSubject},
                                            std::move(access), book->now()));
  if (!seen) return fail(console, seen.error());
  for (const Error& fault : faults) fail(console, fault);
  if (arguments.has("table")) {
    auto written = history.write(arguments.one("table"));
    if (!written) return fail(console, written.error());
  }
  auto measured = discrimination(test->scored);
  if (!measured) return fail(console, measured.error());
  if (arguments.has("json")) {
    console.out(to_pretty_json(to_json(*test, *measured)) + "\n");
  } else {
    console.out(table(*test, *book->engine().programme()));
    console.out(fmt::format("{} scored ({} bad), {} with not enough data, {} not enrolled\n",
                            test->scored.size(), measured->bad, test->thin, test->unknown));
    console.out(fmt::format(
        "AUC {:.3f}, 95 % interval {:.3f} to {:.3f} (DeLong); Gini {:.3f}; KS {:.3f} at {}\n",
        measured->auc, measured->low, measured->high, measured->gini, measured->ks,
        measured->ks_score));
  }
  return faults.empty() ? Exit::yes : Exit::no;
}

}  // namespace

Command backtest_command() {
  return {"backtest",
          "score each case as of its own day and compare with what came of it; nothing is issued",
          "credence backtest loan.asc --delimiter \";\" --subject account_id --date-format YYMMDD "
          "--outcome status "
          "--bad B D --good A C --data berka",
          {{"FILE", "FILE", "a CSV with one case a line", true},
           {"subject", "COLUMN", "who (subject)"},
           {"date", "COLUMN", "the day as of which to score (date)"},
           {"date-format", "FORMAT", "YYYY-MM-DD, YYYYMMDD, YYMMDD or DD/MM/YYYY (YYYY-MM-DD)"},
           {"outcome", "COLUMN", "what came of it (outcome)"},
           {"bad", "VALUE", "outcomes that count as bad", true, true},
           {"good", "VALUE", "outcomes that count as good", true, true},
           {"delimiter", ",|;|tab", "of the file (,)"},
           {"table", "FILE",
            "write what was known of each case, and its outcome, for `credence train`; no names"},
           data_option(),
           json_option(),
           clock_option()},
          run_backtest};
}

}  // namespace credence
