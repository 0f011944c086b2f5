#include <credence/points/polish.h>

namespace credence {

std::vector<int> scores_of(const PointCard& card, std::size_t rows) {
  std::vector<int> scores(rows, card.base);
  std::span<const PointTerm> terms = card.terms;
  // Four terms at a time write each score once instead of four times.
  for (; terms.size() >= 4; terms = terms.subspan(4)) {
    const std::uint16_t *a = terms[0].rows.data(), *b = terms[1].rows.data(),
                        *c = terms[2].rows.data(), *d = terms[3].rows.data();
    const int *of_a = terms[0].points.data(), *of_b = terms[1].points.data(),
              *of_c = terms[2].points.data(), *of_d = terms[3].points.data();
    for (std::size_t row = 0; row < rows; ++row)
      scores[row] += of_a[a[row]] + of_b[b[row]] + of_c[c[row]] + of_d[d[row]];
  }
  for (const PointTerm& term : terms)
    for (std::size_t row = 0; row < rows; ++row) scores[row] += term.points[term.rows[row]];
  return scores;
}

std::vector<double> log_odds_of(std::span<const int> scores, const Scorecard::Scaling& scaling) {
  std::vector<double> out;
  out.reserve(scores.size());
  for (int score : scores) out.push_back((scaling.offset - score) / scaling.factor);
  return out;
}

}  // namespace credence
