#include <credence/clockwork/statistics.h>
#include <credence/design/bootstrap.h>

#include <vector>

namespace credence {

double bootstrap_error(std::size_t rows, const KeyedDraws& draws,
                       const std::function<double(std::span<const std::uint32_t>)>& statistic) {
  if (rows < 2) return 0;
  std::vector<double> values;
  std::vector<std::uint32_t> chosen(rows);
  for (std::uint32_t resample = 0; resample < kResamples; ++resample) {
    for (std::size_t i = 0; i < rows; ++i) {
      chosen[i] = draws.below(static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(i),
                              resample, Purpose::bootstrap);
    }
    values.push_back(statistic(chosen));
  }
  return (quantile(values, 0.975) - quantile(values, 0.025)) / 2;
}

}  // namespace credence
