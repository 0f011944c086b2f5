#include <credence/base/expects.h>
#include <credence/binning/binning.h>
#include <credence/optimum/problem.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

Json number(double value) {  // the shortest text that reads back as the same double
  if (!std::isfinite(value)) return nullptr;
  return Json::Number{fmt::format("{}", value)};
}

Json texts(std::span<const std::string> values) {
  Json::Array result;
  for (const std::string& value : values) result.emplace_back(value);
  return result;
}

void describe_bin(Json::Object& row, const Cells& cells, std::size_t bin) {
  row["kind"] = "bin";
  if (cells.kind() == Column::Kind::text) {
    row["texts"] = texts(cells.groups()[bin]);
    return;
  }
  const auto edges = cells.edges();
  row["from"] = bin == 0 ? Json{} : number(edges[bin - 1]);  // null = minus infinity
  row["to"] = bin == edges.size() ? Json{} : number(edges[bin]);
}

void describe_special(Json::Object& row, const SpecialCode& special) {
  row["kind"] = "special";
  row["name"] = special.name;
  Json::Array numbers;
  for (double value : special.numbers) {
    if (std::isfinite(value)) {
      numbers.push_back(number(value));
    } else {
      numbers.emplace_back(value > 0 ? "inf" : "-inf");
    }
  }
  row["numbers"] = std::move(numbers);
  row["texts"] = texts(special.texts);
}

Json row_json(const Binning& binning, std::size_t cell) {
  const Cells& cells = binning.cells;
  const Binning::Row& row = binning.rows[cell];
  const auto bins = static_cast<std::size_t>(cells.bins());
  Json::Object result;
  if (cell < bins) {
    describe_bin(result, cells, cell);
  } else if (cell < static_cast<std::size_t>(cells.missing())) {
    describe_special(result, cells.specials()[cell - bins]);
  } else {
    result["kind"] = cell == static_cast<std::size_t>(cells.missing()) ? "missing" : "unknown";
  }
  result["records"] = number(row.tally.records);
  result["events"] = number(row.tally.events);
  result["nonevents"] = number(row.tally.nonevents);
  result["rate"] = row.tally.weight() > 0 ? number(row.tally.rate()) : Json{};
  result["woe"] = number(row.woe);
  result["iv"] = number(row.iv);
  result["fallback"] = row.fallback;
  return result;
}

Json certificate_json(const Binning& binning) {
  const Certificate& certificate = binning.certificate;
  return Json::Object{
      {"optimality", certificate.optimality == Optimality::optimal ? "optimal" : "feasible"},
      {"objective", number(certificate.objective)},
      {"bound", number(certificate.bound)},
      {"trend", to_text(certificate.trend)},
      {"binding", texts(binning.binding_texts())},
      {"work", static_cast<std::int64_t>(certificate.work)},
      {"problem_hash", certificate.problem_hash}};
}

// What was solved, as its hash is of it, so that who has the file can check the certificate.
Json problem_json(const BinningProblem& problem) {
  auto json = parse_json(problem_text(problem));
  expects(static_cast<bool>(json), "to_json: a problem is written as JSON");
  return *std::move(json);
}

Json candidate_json(const Binning::Candidate& candidate) {
  Json::Object result{{"trend", to_text(candidate.trend)}, {"feasible", candidate.feasible}};
  if (!candidate.feasible) return result;
  result["objective"] = number(candidate.objective);
  result["held_out_loss"] = number(candidate.held_out_loss);
  result["standard_error"] = number(candidate.standard_error);
  return result;
}

}  // namespace

Json to_json(const Binning& binning) {
  Json::Array rows, candidates, edges;
  for (std::size_t cell = 0; cell < binning.rows.size(); ++cell)
    rows.push_back(row_json(binning, cell));
  for (const auto& candidate : binning.candidates) candidates.push_back(candidate_json(candidate));
  for (double edge : binning.prebin_edges) edges.push_back(number(edge));
  return Json::Object{{"name", binning.name},
                      {"kind", binning.cells.kind() == Column::Kind::text ? "text" : "number"},
                      {"iv", number(binning.iv)},
                      {"records", number(binning.total_records())},
                      {"trend", to_text(binning.trend)},
                      {"divergence", to_text(binning.problem.rules.divergence)},
                      {"table", std::move(rows)},
                      {"prebin_edges", std::move(edges)},
                      {"certificate", certificate_json(binning)},
                      {"problem", problem_json(binning.problem)},
                      {"candidates", std::move(candidates)},
                      {"notes", texts(binning.note_texts())}};
}

}  // namespace credence
