#include <credence/exchange/naming.h>
#include <credence/exchange/sql_dialect.h>
#include <credence/exchange/writers.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// One query in steps: input -> cells -> points -> losses -> greatest losses -> result. Each step
// names its columns by number, so that no name of a variable can meet another.
class SqlWriter {
 public:
  SqlWriter(const Scorecard& card, ExportFormat format, const ExportOptions& options)
      : card_(card), dialect_(format), format_(format), options_(options) {}

  Result<std::string> write() {
    if (auto checked = check(); !checked) return checked.error();
    out_ =
        fmt::format("-- Scorecard {}: {} to {} points, high is safe. Intervals are [from, to).\n",
                    comment(card_.id), card_.lowest(), card_.highest());
    write_input();
    write_cells();
    write_points();
    write_losses();
    for (std::size_t rank = 1; rank <= options_.reasons; ++rank) write_greatest(rank);
    write_result();
    return std::move(out_);
  }

 private:
  Result<Done> check() const {
    for (const std::string& part : table_parts()) {
      if (auto fine = dialect_.check_identifier(part); !fine) return fine;
    }
    if (auto fine = dialect_.check_identifier(options_.key); !fine) return fine;
    for (const Scorecard::Variable& variable : card_.variables) {
      if (auto fine = dialect_.check_identifier(variable.name); !fine) return fine;
      for (const auto& group : variable.cells.groups()) {
        for (const std::string& text : group) {
          if (auto fine = dialect_.check_text(text); !fine) return fine;
        }
      }
      for (const SpecialCode& code : variable.cells.specials()) {
        for (const std::string& text : code.texts) {
          if (auto fine = dialect_.check_text(text); !fine) return fine;
        }
      }
    }
    constexpr std::size_t kMostColumns = 500;
    if (std::max(card_.variables.size(), card_.terms.size()) <= kMostColumns) return Done{};
    return Error{"exchange.size",
                 fmt::format("databases do not take a query of {} terms", card_.terms.size()),
                 {},
                 "export it as C, Java or ONNX"};
  }

  std::vector<std::string> table_parts() const {
    std::vector<std::string> parts{""};
    for (char c : options_.table) {
      if (c == '.')
        parts.emplace_back();
      else
        parts.back() += c;
    }
    return parts;
  }

  void step(std::string_view name, const std::vector<std::string>& columns, std::string_view from) {
    out_ += fmt::format(",\n{} AS {}(\n  SELECT row_key", name, materialized());
    for (const std::string& column : columns) out_ += ",\n    " + column;
    out_ += fmt::format("\n  FROM {}\n)", from);
  }

  // Optimizers that put a step's expressions into the next would copy each for every reason.
  std::string_view materialized() const {
    bool known = format_ == ExportFormat::postgresql || format_ == ExportFormat::sqlite ||
                 format_ == ExportFormat::duckdb;
    return known ? "MATERIALIZED " : "";
  }

  void write_input() {
    std::vector<std::string> parts;
    for (const std::string& part : table_parts()) parts.push_back(dialect_.identifier(part));
    std::string columns;
    for (std::size_t i = 0; i < card_.variables.size(); ++i) {
      const Scorecard::Variable& variable = card_.variables[i];
      // Qualified: SQLite takes a quoted name of no column for a text.
      std::string column = "t." + dialect_.identifier(variable.name);
      bool number = variable.cells.kind() == Column::Kind::number;
      columns +=
          fmt::format(",\n    {} AS x{}",
                      number ? dialect_.as_number(column) : dialect_.as_comparable(column), i);
    }
    out_ += fmt::format("WITH credence_input AS {}(\n  SELECT t.{} AS row_key{}\n  FROM {} {}\n)",
                        materialized(), dialect_.identifier(options_.key), columns,
                        fmt::join(parts, "."), format_ == ExportFormat::oracle ? "t" : "AS t");
  }

  void write_cells() {
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < card_.variables.size(); ++i) columns.push_back(cell_case(i));
    step("credence_cells", columns, "credence_input");
  }

  // Missing, then special codes, then intervals or groups, then everything else.
  std::string cell_case(std::size_t i) const {
    const Cells& cells = card_.variables[i].cells;
    bool number = cells.kind() == Column::Kind::number;
    std::string x = fmt::format("x{}", i);
    std::string out = fmt::format(
        "CASE WHEN {} THEN {}", number ? dialect_.is_missing(x) : x + " IS NULL", cells.missing());
    for (std::size_t code = 0; code < cells.specials().size(); ++code) {
      const SpecialCode& special = cells.specials()[code];
      std::vector<std::string> values;
      for (double value : special.numbers) values.push_back(dialect_.number(value));
      for (const std::string& text : special.texts) values.push_back(dialect_.comparable(text));
      out += fmt::format("\n      WHEN {} IN ({}) THEN {}", x, fmt::join(values, ", "),
                         cells.special(code));
    }
    for (std::size_t bin = 0; bin < cells.groups().size(); ++bin) {
      std::vector<std::string> values;
      for (const std::string& text : cells.groups()[bin])
        values.push_back(dialect_.comparable(text));
      out += fmt::format("\n      WHEN {} IN ({}) THEN {}", x, fmt::join(values, ", "), bin);
    }
    for (std::size_t bin = 0; bin < cells.edges().size(); ++bin)
      out +=
          fmt::format("\n      WHEN {} < {} THEN {}", x, dialect_.number(cells.edges()[bin]), bin);
    int rest = number ? cells.bins() - 1 : cells.unknown();
    return out + fmt::format("\n      ELSE {} END AS c{}", rest, i);
  }

  static std::string points_case(std::string_view cell, std::span<const int> points) {
    std::string out = fmt::format("CASE {}", cell);
    for (std::size_t i = 0; i + 1 < points.size(); ++i)
      out += fmt::format(" WHEN {} THEN {}", i, points[i]);
    return out + fmt::format(" ELSE {} END", points.back());
  }

  void write_points() {
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < card_.terms.size(); ++i) {
      const Scorecard::Term& term = card_.terms[i];
      std::string first = fmt::format("c{}", term.variables[0]);
      if (term.variables.size() == 1) {
        columns.push_back(fmt::format("{} AS p{}", points_case(first, term.points), i));
        continue;
      }
      std::string second = fmt::format("c{}", term.variables[1]);
      auto width = static_cast<std::size_t>(
          card_.variables[static_cast<std::size_t>(term.variables[1])].cells.count());
      std::string out = fmt::format("CASE {}", first);
      for (std::size_t at = 0; at * width < term.points.size(); ++at) {
        out += fmt::format("\n      WHEN {} THEN {}", at,
                           points_case(second, std::span{term.points}.subspan(at * width, width)));
      }
      columns.push_back(fmt::format("{} END AS p{}", out, i));
    }
    step("credence_points", columns, "credence_cells");
  }

  void write_losses() {
    ExportedTerms terms = exported_terms(card_);
    std::vector<std::string> columns, sum{std::to_string(card_.base)};
    for (std::size_t i = 0; i < terms.terms.size(); ++i) sum.push_back(fmt::format("p{}", i));
    columns.push_back(fmt::format("{} AS total", fmt::join(sum, " + ")));
    for (std::size_t i = 0; i < terms.terms.size() && options_.reasons > 0; ++i) {
      const ExportedTerm& term = terms.terms[i];
      columns.push_back(
          fmt::format("CASE WHEN p{0} < {1} THEN ({1} - p{0}) * {2} + {3} ELSE 0 END AS k{0}", i,
                      term.term->baseline, terms.ties, term.tie));
    }
    step("credence_losses", columns, "credence_points");
  }

  void write_greatest(std::size_t rank) {
    std::vector<std::string> columns{"total"}, candidates;
    for (std::size_t i = 0; i < card_.terms.size(); ++i) columns.push_back(fmt::format("k{}", i));
    for (std::size_t done = 1; done < rank; ++done) columns.push_back(fmt::format("m{}", done));
    for (std::size_t i = 0; i < card_.terms.size(); ++i) {
      candidates.push_back(
          rank == 1 ? fmt::format("k{}", i)
                    : fmt::format("CASE WHEN k{0} < m{1} THEN k{0} ELSE 0 END", i, rank - 1));
    }
    std::string greatest = card_.terms.empty() ? "0" : dialect_.greatest(candidates);
    columns.push_back(fmt::format("{} AS m{}", greatest, rank));
    step(fmt::format("credence_rank{}", rank), columns,
         rank == 1 ? "credence_losses" : fmt::format("credence_rank{}", rank - 1));
  }

  void write_result() {
    out_ +=
        fmt::format("\nSELECT row_key AS {},\n  total AS score", dialect_.identifier(options_.key));
    for (std::size_t rank = 1; rank <= options_.reasons; ++rank) {
      std::string reason = fmt::format("CASE WHEN m{} = 0 THEN NULL", rank);
      for (std::size_t i = 0; i < card_.terms.size(); ++i) {
        reason += fmt::format("\n    WHEN m{} = k{} THEN {}", rank, i,
                              dialect_.text(card_.reason_of(card_.terms[i])));
      }
      out_ += fmt::format(",\n  {} END AS reason_{}", reason, rank);
    }
    out_ += fmt::format("\nFROM {};\n", options_.reasons == 0
                                            ? "credence_losses"
                                            : fmt::format("credence_rank{}", options_.reasons));
  }

  const Scorecard& card_;
  SqlDialect dialect_;
  ExportFormat format_;
  const ExportOptions& options_;
  std::string out_;
};

}  // namespace

Result<std::string> write_sql(const Scorecard& card, ExportFormat dialect,
                              const ExportOptions& options) {
  return SqlWriter{card, dialect, options}.write();
}

}  // namespace credence
