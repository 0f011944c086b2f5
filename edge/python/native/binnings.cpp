#include <credence/binning/special_codes.h>
#include <credence/native/binnings.h>
#include <credence/native/errors.h>
#include <credence/native/interrupt.h>
#include <credence/native/rules.h>
#include <credence/native/tables.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

nb::dict certificate_of(const Binning& binning) {
  const Certificate& certificate = binning.certificate;
  nb::dict out;
  out["optimality"] = certificate.optimality == Optimality::optimal ? "optimal" : "feasible";
  out["objective"] = certificate.objective;
  out["bound"] = certificate.bound;
  out["trend"] = to_text(certificate.trend);
  out["binding"] = binning.binding_texts();
  out["work"] = certificate.work;
  out["problem_hash"] = certificate.problem_hash;
  return out;
}

nb::dict to_dict(const Binning::Candidate& candidate) {
  nb::dict out;
  out["trend"] = to_text(candidate.trend);
  out["objective"] = candidate.objective;
  out["held_out_loss"] = candidate.held_out_loss;
  out["standard_error"] = candidate.standard_error;
  out["feasible"] = candidate.feasible;
  return out;
}

// One field of every row, as a list.
template <class Field>
auto each(const std::vector<Binning::Row>& rows, Field field) {
  std::vector<decltype(field(rows.front()))> values;
  for (const Binning::Row& row : rows) values.push_back(field(row));
  return values;
}

using Binned = std::vector<std::optional<Result<Binning>>>;

// The columns are shared out one by one, so that the threads end at about the same time.
void bin_each(const Table& table, const Outcome& outcome, const std::vector<VariableRules>& rules,
              unsigned threads, Binned& binned, const std::atomic<bool>& stop) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t place = next++; place < rules.size() && !stop; place = next++) {
      binned[place] = bin(table.columns()[place], outcome, rules[place]);
    }
  };
  std::vector<std::jthread> others;
  for (unsigned number = 1; number < threads; ++number) others.emplace_back(work);
  work();
}

// Of special codes each column takes those that it can hold.
std::vector<VariableRules> rules_of_columns(const Table& table, const nb::dict& shared,
                                            const nb::dict& own) {
  const VariableRules defaults = rules_of(Settings{shared}, {});
  std::vector<VariableRules> rules;
  for (const Column& column : table.columns()) {
    const nb::object of_column = own.get(nb::cast(column.name()), nb::none());
    rules.push_back(of_column.is_none() ? defaults
                                        : rules_of(Settings{nb::cast<nb::dict>(of_column)}, {}));
    rules.back().specials = codes_of_kind(rules.back().specials, column.kind());
  }
  return rules;
}

nb::list bin_columns(const Table& table, const ByteArray& bad, const nb::object& weights,
                     const nb::dict& shared, const nb::dict& own, unsigned threads) {
  const Outcome outcome = outcome_of(table.rows(), bad, weights);
  const std::vector<VariableRules> rules = rules_of_columns(table, shared, own);
  Binned binned(rules.size());
  const unsigned used = std::clamp(threads, 1U, 256U);
  run_interruptibly(
      [&](const std::atomic<bool>& stop) { bin_each(table, outcome, rules, used, binned, stop); });
  nb::list out;
  for (std::optional<Result<Binning>>& result : binned) {
    out.append(to_dict(value_or_raise(*std::move(result))));
  }
  return out;
}

nb::object assign(const Cells& cells, const Column& column) {
  if (column.kind() != cells.kind()) {
    const bool wants_texts = cells.kind() == Column::Kind::text;
    raise(Error{.code = "score.kind",
                .message = "column '" + column.name() + "' has " +
                           (wants_texts ? "numbers where texts were fitted"
                                        : "texts where numbers were fitted"),
                .help = wants_texts ? "give texts, for instance with astype(str)"
                                    : "give numbers, for instance with astype(float)"});
  }
  std::vector<std::uint16_t> places(column.size());
  without_gil([&] { cells.assign(column, places); });
  return to_numpy(std::move(places));
}

void check_binning(const nb::dict& problem, std::vector<int> last, const nb::dict& claims) {
  const Settings claimed{claims};
  BinningSolution solution{.last = std::move(last), .certificate = {}};
  std::string optimality;
  claimed.read("optimality", optimality);
  if (optimality == "feasible") solution.certificate.optimality = Optimality::feasible;
  claimed.read("objective", solution.certificate.objective);
  claimed.read("bound", solution.certificate.bound);
  claimed.read("problem_hash", solution.certificate.problem_hash);
  const BinningProblem asked = problem_of(Settings{problem});
  solution.certificate.trend = asked.rules.trend;
  value_or_raise(without_gil([&] { return check(asked, solution); }));
}

}  // namespace

nb::dict to_dict(const Binning& binning) {
  using Row = Binning::Row;
  const std::vector<Row>& rows = binning.rows;
  nb::list candidates;
  for (const Binning::Candidate& candidate : binning.candidates)
    candidates.append(to_dict(candidate));
  nb::dict out;
  out["name"] = binning.name;
  out["cells"] = to_dict(binning.cells);
  out["events"] = each(rows, [](const Row& row) { return row.tally.events; });
  out["nonevents"] = each(rows, [](const Row& row) { return row.tally.nonevents; });
  out["records"] = each(rows, [](const Row& row) { return row.tally.records; });
  out["woe"] = each(rows, [](const Row& row) { return row.woe; });
  out["iv_of_cells"] = each(rows, [](const Row& row) { return row.iv; });
  out["fallback"] = each(rows, [](const Row& row) { return row.fallback; });
  out["iv"] = binning.iv;
  out["trend"] = to_text(binning.trend);
  out["problem"] = to_dict(binning.problem);
  out["prebin_edges"] = binning.prebin_edges;
  out["certificate"] = certificate_of(binning);
  out["candidates"] = candidates;
  out["notes"] = binning.note_texts();
  return out;
}

void bind_binnings(nb::module_& module) {
  nb::class_<Cells>(module, "Cells", "Where each value of one variable belongs.")
      .def(
          "__init__",
          [](Cells* self, const nb::dict& state) { new (self) Cells(cells_of(Settings{state})); },
          nb::arg("state"))
      .def_prop_ro(
          "kind",
          [](const Cells& cells) { return cells.kind() == Column::Kind::text ? "text" : "number"; })
      .def_prop_ro("bins", &Cells::bins)
      .def("__len__", &Cells::count)
      .def("assign", &assign, nb::arg("column"),
           "The cell of each row: bins first, then special codes, missing, and (texts) unknown.");
  module.def("bin_columns", &bin_columns, nb::arg("table"), nb::arg("bad"),
             nb::arg("weights").none(), nb::arg("shared"), nb::arg("own"), nb::arg("threads"),
             "The optimal bins of every column, as dicts, in the columns' order: by the rules in "
             "`own` under its name, or else by `shared`.");
  module.def("check_binning", &check_binning, nb::arg("problem"), nb::arg("last"),
             nb::arg("certificate"),
             "Checks a certificate with code that the solver does not share; raises InputError.");
}

}  // namespace credence
