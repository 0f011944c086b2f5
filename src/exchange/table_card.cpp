#include <credence/exchange/import_notes.h>
#include <credence/exchange/pmml_predicate.h>
#include <credence/exchange/table_card.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace credence {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Line {
  TableBin bin;
  std::string label;
  int points = 0;
  std::optional<double> woe, events, nonevents;
  Where where;
};

Error refuse(const Where& where, std::string message, std::string help) {
  return {"import.table", std::move(message), where, std::move(help)};
}

class TableReader {
 public:
  TableReader(const ImportOptions& options, const PeerTable& format)
      : options_(options), format_(format) {}

  Result<Imported> read(const CsvRows& csv) {
    card_.id = options_.id;
    card_.base = options_.base;
    if (auto done = read_lines(csv); !done) return done.error();
    for (const std::string& name : order_) {
      if (auto done = add_variable(name, lines_[name]); !done) return done.error();
    }
    if (auto rounded = points_.note()) notes_.push_back(*rounded);
    return finish_import(std::move(card_), std::move(notes_), options_.file);
  }

 private:
  Result<Done> read_lines(const CsvRows& csv) {
    int variable = csv.find({"variable"}), bin = csv.find({"bin"}), points = csv.find({"points"});
    if (variable < 0 || bin < 0 || points < 0)
      return refuse({options_.file, 1}, "the table has no columns variable, bin and points",
                    "export the card itself, not only its bins");
    auto field = [](const CsvRows::Row& row, int column) -> const std::string& {
      return row.fields[static_cast<std::size_t>(column)];
    };
    int woe = csv.find({"woe"}), events = csv.find({"event", "bad"}),
        nonevents = csv.find({"non-event", "good"});
    for (const CsvRows::Row& row : csv.rows) {
      auto number = parse_number(field(row, points));
      auto whole = number ? points_.round(*number) : std::nullopt;
      if (!whole)
        return refuse(row.where, fmt::format("`{}` is no number of points", field(row, points)),
                      "write a number within 100,000");
      const std::string& name = field(row, variable);
      if (!format_.base_row.empty() && name == format_.base_row) {
        card_.base = *whole;
        continue;
      }
      auto read = format_.read(field(row, bin));
      if (!read)
        return refuse(row.where, fmt::format("`{}` is no bin that can be read", field(row, bin)),
                      "export the card again, with every category in full");
      auto optional_number = [&](int column) {
        return column < 0 ? std::nullopt : parse_number(field(row, column));
      };
      Line line{*std::move(read),
                field(row, bin),
                *whole,
                optional_number(woe),
                optional_number(events),
                optional_number(nonevents),
                row.where};
      if (!lines_.contains(name)) order_.push_back(name);
      lines_[name].push_back(std::move(line));
    }
    return Done{};
  }

  static const Line* line_of(const std::vector<Line>& lines, TableBin::Kind kind) {
    for (const Line& line : lines) {
      if (line.bin.kind == kind) return &line;
    }
    return nullptr;
  }

  Result<Done> add_variable(const std::string& name, std::vector<Line>& lines) {
    bool number = line_of(lines, TableBin::Kind::interval) != nullptr;
    if (number && line_of(lines, TableBin::Kind::texts) != nullptr)
      return refuse(lines.front().where, fmt::format("`{}` has intervals and texts", name),
                    "a variable is one or the other");
    std::vector<const Line*> bins, codes;
    for (const Line& line : lines) {
      if (line.bin.kind == TableBin::Kind::interval || line.bin.kind == TableBin::Kind::texts)
        bins.push_back(&line);
    }
    auto specials = specials_of(name, lines, number, codes);
    if (!specials) return specials.error();
    auto cells = number ? number_cells(name, bins, *specials) : text_cells(name, bins, *specials);
    if (!cells) return cells.error();
    std::vector<const Line*> by_cell = bins;
    by_cell.insert(by_cell.end(), codes.begin(), codes.end());
    const Line* missing = line_of(lines, TableBin::Kind::missing);
    for (const Line& line : lines) {
      if (missing == nullptr && line.bin.also_missing) missing = &line;
    }
    by_cell.push_back(missing);
    if (!number) by_cell.push_back(line_of(lines, TableBin::Kind::unknown));
    add_term(name, *std::move(cells), by_cell);
    return Done{};
  }

  // Codes that the table names, or else those of the options for its one row "Special".
  Result<std::vector<SpecialCode>> specials_of(const std::string& name,
                                               const std::vector<Line>& lines, bool number,
                                               std::vector<const Line*>& codes) {
    std::vector<SpecialCode> specials;
    auto told = options_.specials.find(name);
    for (const Line& line : lines) {
      if (line.bin.kind != TableBin::Kind::special) continue;
      SpecialCode code;
      code.name = line.label;
      code.numbers = line.bin.numbers;
      code.texts = line.bin.texts;
      if (told != options_.specials.end()) {
        for (const SpecialCode& each : told->second) {
          if (each.name != line.label && line.label != "Special") continue;
          code.numbers.insert(code.numbers.end(), each.numbers.begin(), each.numbers.end());
          code.texts.insert(code.texts.end(), each.texts.begin(), each.texts.end());
        }
      }
      if ((number ? code.numbers.empty() : code.texts.empty())) {
        if (line.events.value_or(0) + line.nonevents.value_or(0) > 0 || !line.events)
          notes_.push_back(
              {fmt::format("the table does not tell the values of `{}` of `{}`; it is left out",
                           line.label, name),
               fmt::format("le tableau ne dit pas les valeurs de « {} » de « {} » ; il est omis",
                           line.label, name)});
        continue;
      }
      (number ? code.texts.clear() : code.numbers.clear());
      specials.push_back(std::move(code));
      codes.push_back(&line);
    }
    return specials;
  }

  static Result<Cells> number_cells(const std::string& name, std::vector<const Line*>& bins,
                                    std::vector<SpecialCode> specials) {
    std::sort(bins.begin(), bins.end(),
              [](const Line* a, const Line* b) { return a->bin.from < b->bin.from; });
    std::vector<double> edges;
    double reached = -kInfinity;
    for (const Line* line : bins) {
      if (line->bin.from != reached || !(line->bin.from < line->bin.to))
        return refuse(line->where,
                      fmt::format("the bin `{}` of `{}` does not begin where another ends",
                                  line->label, name),
                      "intervals go from minus to plus infinity without gaps");
      if (line->bin.from != -kInfinity) edges.push_back(line->bin.from);
      reached = line->bin.to;
    }
    if (reached != kInfinity)
      return refuse(bins.back()->where, fmt::format("the bins of `{}` end at {}", name, reached),
                    "the last one ends with plus infinity");
    return Cells::of_numbers(std::move(edges), std::move(specials));
  }

  static Result<Cells> text_cells(const std::string& name, const std::vector<const Line*>& bins,
                                  std::vector<SpecialCode> specials) {
    std::set<std::string> seen;
    std::vector<std::vector<std::string>> groups;
    Where last;
    bool twice = false;
    for (const SpecialCode& code : specials) {
      for (const std::string& text : code.texts) twice = twice || !seen.insert(text).second;
    }
    for (const Line* line : bins) {
      last = line->where;
      for (const std::string& text : line->bin.texts) twice = twice || !seen.insert(text).second;
      if (twice)
        return refuse(line->where, fmt::format("a text of `{}` is in two bins", name),
                      "keep it in one of them");
      groups.push_back(line->bin.texts);
    }
    if (twice) return refuse(last, fmt::format("`{}` has a code twice", name), "keep one of them");
    return Cells::of_texts(std::move(groups), std::move(specials));
  }

  void add_term(const std::string& name, Cells cells, const std::vector<const Line*>& by_cell) {
    Scorecard::Variable variable;
    variable.name = name;
    variable.cells = std::move(cells);
    Scorecard::Term term;
    term.variables = {static_cast<int>(card_.variables.size())};
    std::optional<int> worst;
    for (const Line* line : by_cell) {
      if (line != nullptr) worst = std::min(worst.value_or(line->points), line->points);
    }
    bool woe = true, counts = true;
    for (const Line* line : by_cell) {
      bool told = line != nullptr;
      term.points.push_back(told ? line->points : worst.value_or(0));
      woe = woe && (!told || line->woe);
      counts = counts && (!told || (line->events && line->nonevents));
      // A cell that the source does not have was seen by nobody: it says nothing either way.
      variable.woe.push_back(told ? format_.woe_sign * line->woe.value_or(0) : 0);
      Tally tally;
      if (told) {
        tally.events = line->events.value_or(0);
        tally.nonevents = line->nonevents.value_or(0);
      }
      tally.records = tally.squares = tally.weight();
      variable.tallies.push_back(tally);
      if (!told) note_absent(name);
    }
    if (!woe) variable.woe.clear();
    if (!counts) variable.tallies.clear();
    term.baseline = term.highest();
    card_.terms.push_back(std::move(term));
    card_.variables.push_back(std::move(variable));
  }

  void note_absent(const std::string& name) {
    Text note{fmt::format("`{}` says nothing of missing values or of unknown texts; they get its "
                          "lowest points",
                          name),
              fmt::format("« {} » ne dit rien des valeurs absentes ou des textes inconnus ; ils "
                          "reçoivent ses plus bas points",
                          name)};
    if (notes_.empty() || !(notes_.back() == note)) notes_.push_back(std::move(note));
  }

  const ImportOptions& options_;
  const PeerTable& format_;
  std::vector<std::string> order_;
  std::map<std::string, std::vector<Line>> lines_;
  RoundedPoints points_;
  Scorecard card_;
  std::vector<Text> notes_;
};

}  // namespace

Result<Imported> read_table_card(std::string_view csv, const ImportOptions& options,
                                 const PeerTable& format) {
  auto rows = read_csv_rows(csv, options.file);
  if (!rows) return rows.error();
  return TableReader{options, format}.read(*rows);
}

}  // namespace credence
