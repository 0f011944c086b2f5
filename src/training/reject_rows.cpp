#include <credence/regression/history.h>
#include <credence/training/reject_rows.h>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace credence {

namespace {

std::vector<double> numbers_of(const Column& column) {
  std::vector<double> out(column.size());
  column.read(0, out);
  return out;
}

// One column below the other, under the first one's name.
Column join(const Column& first, const Column& second) {
  if (first.kind() == Column::Kind::number) {
    std::vector<double> values = numbers_of(first), more = numbers_of(second);
    values.insert(values.end(), more.begin(), more.end());
    return Column::of_numbers(first.name(), std::move(values));
  }
  std::vector<std::string> dictionary(first.dictionary().begin(), first.dictionary().end());
  std::unordered_map<std::string, std::int32_t> known;
  for (std::size_t i = 0; i < dictionary.size(); ++i)
    known.emplace(dictionary[i], static_cast<std::int32_t>(i));
  std::vector<std::int32_t> renamed;
  for (const std::string& text : second.dictionary()) {
    auto [place, fresh] = known.try_emplace(text, static_cast<std::int32_t>(dictionary.size()));
    if (fresh) dictionary.push_back(text);
    renamed.push_back(place->second);
  }
  std::vector<std::int32_t> codes(first.codes().begin(), first.codes().end());
  for (std::int32_t code : second.codes())
    codes.push_back(code < 0 ? -1 : renamed[static_cast<std::size_t>(code)]);
  return Column::of_texts(first.name(), std::move(codes), std::move(dictionary));
}

Error missing_column(const Column& column, const Table& rejected) {
  std::vector<std::string> names;
  for (const Column& known : rejected.columns()) names.push_back(known.name());
  std::string near = nearest(column.name(), names);
  return {"rejects.columns",
          fmt::format("the table of the rejected lacks the column `{}`", column.name()),
          {},
          near.empty() ? "both tables need the same columns"
                       : fmt::format("it has `{}`: is it the same?", near)};
}

}  // namespace

Result<Applicants> join_applicants(const Table& accepted, const Outcome& outcome,
                                   const Table& rejected) {
  if (rejected.rows() == 0)
    return Error{"rejects.empty",
                 "the table of the rejected has no rows",
                 {},
                 "train without reject inference"};
  std::vector<Column> columns;
  for (const Column& column : accepted.columns()) {
    const Column* other = rejected.find(column.name());
    if (other == nullptr) return missing_column(column, rejected);
    if (other->kind() != column.kind())
      return Error{
          "rejects.columns",
          fmt::format("`{}` holds {} for the accepted and {} for the rejected", column.name(),
                      column.kind() == Column::Kind::number ? "numbers" : "texts",
                      other->kind() == Column::Kind::number ? "numbers" : "texts"),
          {},
          "read the column of both tables as the same kind"};
    columns.push_back(join(column, *other));
  }
  return Applicants{Table(accepted.rows() + rejected.rows(), std::move(columns)), accepted.rows(),
                    outcome};
}

ScoreBands band_scores(const Applicants& applicants, std::span<const int> scores, int bands) {
  std::vector<int> sorted(scores.begin(),
                          scores.begin() + static_cast<std::ptrdiff_t>(applicants.accepted));
  std::sort(sorted.begin(), sorted.end());
  std::vector<int> from = {sorted.front()};
  for (int band = 1; band < bands; ++band) {
    auto at = sorted.size() * static_cast<std::size_t>(band) / static_cast<std::size_t>(bands);
    if (sorted[at] > from.back()) from.push_back(sorted[at]);
  }
  ScoreBands out;
  for (int start : from) out.bands.push_back({.from = start});
  for (std::size_t row = 0; row < scores.size(); ++row) {
    auto next = std::upper_bound(from.begin() + 1, from.end(), scores[row]);
    auto band = static_cast<std::size_t>(next - from.begin() - 1);
    out.of_row.push_back(band);
    if (row >= applicants.accepted) {
      out.bands[band].rejected += 1;
      continue;
    }
    double weight = applicants.outcome.weight(row);
    out.bands[band].accepted += weight;
    if (applicants.outcome.bad[row]) out.bands[band].accepted_bad += weight;
  }
  // Whom the accepted-only card puts below every accepted belongs to the lowest band.
  out.bands[0].from = std::min(out.bands[0].from, *std::min_element(scores.begin(), scores.end()));
  return out;
}

std::vector<double> banded_risk(const Applicants& applicants, const ScoreBands& bands, double tau) {
  std::vector<double> risk;
  for (std::size_t row = applicants.accepted; row < bands.of_row.size(); ++row)
    risk.push_back(std::min(1.0, tau * bands.rate(bands.of_row[row])));
  return risk;
}

InferredHistory with_weighted_rejects(const Applicants& applicants, std::span<const double> risk) {
  std::vector<std::size_t> rows(applicants.accepted);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  InferredHistory out;
  out.outcome.bad = applicants.outcome.bad;
  for (std::size_t row = 0; row < applicants.accepted; ++row)
    out.outcome.weights.push_back(applicants.outcome.weight(row));
  for (std::size_t i = 0; i < risk.size(); ++i) {
    for (std::uint8_t bad : {std::uint8_t{1}, std::uint8_t{0}}) {
      double weight = bad ? risk[i] : 1 - risk[i];
      if (weight <= 0) continue;
      rows.push_back(applicants.accepted + i);
      out.outcome.bad.push_back(bad);
      out.outcome.weights.push_back(weight);
    }
  }
  out.table = take(applicants.table, rows);
  return out;
}

}  // namespace credence
