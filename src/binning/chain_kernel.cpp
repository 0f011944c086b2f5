#include <credence/binning/chain_kernel.h>

#include <limits>

namespace credence {

namespace {

constexpr std::size_t kLanes = 8;
constexpr double kNone = -std::numeric_limits<double>::infinity();
constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kTestSlack = 1 + 1e-12;

// Eight starts at a time against all followers, so that what is raised stays in registers.
template <std::size_t kPlanes, Course kCourse, bool kTested>
[[gnu::always_inline]] inline void raise_block(const EdgeLimits& limits, const Followers& followers,
                                               std::size_t plane, const Enders& enders,
                                               std::size_t from) {
  constexpr bool kTurning = kCourse == Course::turning;
  double rate[kLanes], effective[kLanes], cases[kLanes];
  double best[kPlanes][kLanes], falling[kTurning ? kPlanes : 1][kLanes];
  for (std::size_t j = 0; j < kLanes; ++j) {
    rate[j] = enders.rate[from + j];
    effective[j] = kTested ? enders.effective[from + j] : 0;
    cases[j] = rate[j] * effective[j];
  }
  for (std::size_t k = 0; k < kPlanes; ++k)
    for (std::size_t j = 0; j < kLanes; ++j) {
      best[k][j] = enders.best[(plane + k) * enders.stride + from + j];
      if constexpr (kTurning)
        falling[k][j] = enders.best_falling[(plane + k) * enders.stride + from + j];
    }
  for (int end : followers.ends) {
    const auto e = static_cast<std::size_t>(end);
    const double next_rate = followers.rate[e];
    const double next_effective = kTested ? followers.effective[e] : 0;
    const double next_cases = next_rate * next_effective;
    const double* value = followers.value + e * followers.planes + plane;
    const double* value_falling =
        kTurning ? followers.value_falling + e * followers.planes + plane : nullptr;
    double up[kLanes], down[kLanes];  // how far the rate goes; not a number where the test fails
    for (std::size_t j = 0; j < kLanes; ++j) {
      double difference = limits.sign * (next_rate - rate[j]);
      if constexpr (kTested) {
        double both = next_effective + effective[j], events = next_cases + cases[j];
        double seen = difference * difference * both * effective[j] * next_effective;
        double needed = limits.z_squared * events * (both - events);
        difference = seen * kTestSlack >= needed ? difference : kNotANumber;
      }
      down[j] = -difference;
      up[j] = kCourse == Course::free && difference < 0 ? down[j] : difference;
    }
    for (std::size_t k = 0; k < kPlanes; ++k)
      for (std::size_t j = 0; j < kLanes; ++j) {
        double gain = up[j] >= limits.threshold ? value[k] : kNone;
        if constexpr (kTurning) {
          double after = down[j] >= limits.threshold ? value_falling[k] : kNone;
          falling[k][j] = after > falling[k][j] ? after : falling[k][j];
          gain = after > gain ? after : gain;
        }
        best[k][j] = gain > best[k][j] ? gain : best[k][j];
      }
  }
  for (std::size_t k = 0; k < kPlanes; ++k)
    for (std::size_t j = 0; j < kLanes; ++j) {
      enders.best[(plane + k) * enders.stride + from + j] = best[k][j];
      if constexpr (kTurning)
        enders.best_falling[(plane + k) * enders.stride + from + j] = falling[k][j];
    }
}

template <std::size_t kPlanes, Course kCourse>
[[gnu::always_inline]] inline void raise_planes(const EdgeLimits& limits,
                                                const Followers& followers, const Enders& enders) {
  for (std::size_t plane = 0; plane < followers.planes; plane += kPlanes)
    for (std::size_t from = enders.from; from < enders.to; from += kLanes)
      limits.z_squared > 0
          ? raise_block<kPlanes, kCourse, true>(limits, followers, plane, enders, from)
          : raise_block<kPlanes, kCourse, false>(limits, followers, plane, enders, from);
}

template <Course kCourse>
[[gnu::always_inline]] inline void raise_course(const EdgeLimits& limits,
                                                const Followers& followers, const Enders& enders) {
  if (followers.planes == 1) return raise_planes<1, kCourse>(limits, followers, enders);
  raise_planes<4, kCourse>(limits, followers, enders);
}

}  // namespace

#if defined(__x86_64__) && defined(__gnu_linux__)
[[gnu::target_clones("avx2", "default")]]
#endif
void raise_to_best(Course course, const EdgeLimits& limits, const Followers& followers,
                   const Enders& enders) {
  switch (course) {
    case Course::free:
      return raise_course<Course::free>(limits, followers, enders);
    case Course::rising:
      return raise_course<Course::rising>(limits, followers, enders);
    case Course::turning:
      return raise_course<Course::turning>(limits, followers, enders);
  }
}

}  // namespace credence
