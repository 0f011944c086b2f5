#include <credence/optimum/chain_kernel.h>

#include <cstring>
#include <limits>

namespace credence {

namespace {

constexpr std::size_t kLanes = 4;
constexpr std::size_t kBlock = 8;  // starts that are raised together
constexpr std::size_t kVectors = kBlock / kLanes;
using Lanes [[gnu::vector_size(kLanes * sizeof(double))]] = double;

constexpr double kNone = -std::numeric_limits<double>::infinity();
constexpr double kTestSlack = 1 + 1e-12;

// What is added to the value of a follower: nothing where it may stand next, else minus infinity.
struct Tolls {
  Lanes up, down;
};

template <Course kCourse, bool kTested>
[[gnu::always_inline]] inline void toll(const EdgeLimits& limits, const Lanes& rate,
                                        const Lanes& effective, double next_rate,
                                        double next_effective, Tolls& tolls) {
  const Lanes free = {}, never = free + kNone;
  Lanes difference = limits.sign * (next_rate - rate);
  if (kCourse == Course::free) difference = difference < free ? -difference : difference;
  tolls.up = difference >= limits.threshold ? free : never;
  tolls.down = -difference >= limits.threshold ? free : never;
  if constexpr (kTested) {
    const Lanes both = next_effective + effective;
    const Lanes events = next_rate * next_effective + rate * effective;
    const Lanes seen = difference * difference * both * effective * next_effective;
    const Lanes needed = limits.z_squared * events * (both - events);
    tolls.up = seen * kTestSlack >= needed ? tolls.up : never;
    tolls.down = seen * kTestSlack >= needed ? tolls.down : never;
  }
}

[[gnu::always_inline]] inline void load(Lanes& lanes, const double* from) {
  std::memcpy(&lanes, from, sizeof lanes);
}

// A block of starts against all followers, so that what is raised stays in registers.
template <std::size_t kPlanes, Course kCourse, bool kTested>
[[gnu::always_inline]] inline void best_of_block(const EdgeLimits& limits,
                                                 const Followers& followers, std::size_t plane,
                                                 const Enders& enders, std::size_t from) {
  constexpr bool kTurning = kCourse == Course::turning;
  Lanes rate[kVectors], effective[kVectors];
  Lanes best[kPlanes][kVectors], falling[kPlanes][kVectors];
  for (std::size_t j = 0; j < kVectors; ++j) {
    load(rate[j], enders.rate + from + j * kLanes);
    load(effective[j], enders.effective + from + j * kLanes);
    for (std::size_t k = 0; k < kPlanes; ++k) best[k][j] = falling[k][j] = Lanes{} + kNone;
  }
  for (int end : followers.ends) {
    const auto e = static_cast<std::size_t>(end);
    const double* value = followers.value + e * followers.planes + plane;
    const double* after = kTurning ? followers.value_falling + e * followers.planes + plane : value;
    for (std::size_t j = 0; j < kVectors; ++j) {
      Tolls tolls;
      toll<kCourse, kTested>(limits, rate[j], effective[j], followers.rate[e],
                             followers.effective[e], tolls);
      for (std::size_t k = 0; k < kPlanes; ++k) {
        const Lanes gain = value[k] + tolls.up;
        best[k][j] = gain > best[k][j] ? gain : best[k][j];
        if constexpr (kTurning) {
          const Lanes fall = after[k] + tolls.down;
          falling[k][j] = fall > falling[k][j] ? fall : falling[k][j];
        }
      }
    }
  }
  for (std::size_t k = 0; k < kPlanes; ++k)
    for (std::size_t j = 0; j < kVectors; ++j) {
      const std::size_t at = (plane + k) * enders.stride + from + j * kLanes;
      if constexpr (kTurning) {
        best[k][j] = falling[k][j] > best[k][j] ? falling[k][j] : best[k][j];
        std::memcpy(enders.best_falling + at, &falling[k][j], sizeof(Lanes));
      }
      std::memcpy(enders.best + at, &best[k][j], sizeof(Lanes));
    }
}

template <std::size_t kPlanes, Course kCourse>
[[gnu::always_inline]] inline void best_of_planes(const EdgeLimits& limits,
                                                  const Followers& followers,
                                                  const Enders& enders) {
  for (std::size_t plane = 0; plane < followers.planes; plane += kPlanes)
    for (std::size_t from = enders.from; from < enders.to; from += kBlock)
      limits.z_squared > 0
          ? best_of_block<kPlanes, kCourse, true>(limits, followers, plane, enders, from)
          : best_of_block<kPlanes, kCourse, false>(limits, followers, plane, enders, from);
}

template <Course kCourse>
[[gnu::always_inline]] inline void best_of_course(const EdgeLimits& limits,
                                                  const Followers& followers,
                                                  const Enders& enders) {
  if (followers.planes == 1) return best_of_planes<1, kCourse>(limits, followers, enders);
  best_of_planes<4, kCourse>(limits, followers, enders);
}

}  // namespace

// Not for AVX-512 or FMA: a product and a sum in one rounding would differ from edge_allowed().
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CREDENCE_ONE_PROCESSOR)
[[gnu::target_clones("avx2", "default")]]
#endif
void find_best(Course course, const EdgeLimits& limits, const Followers& followers,
               const Enders& enders) {
  switch (course) {
    case Course::free:
      return best_of_course<Course::free>(limits, followers, enders);
    case Course::rising:
      return best_of_course<Course::rising>(limits, followers, enders);
    case Course::turning:
      return best_of_course<Course::turning>(limits, followers, enders);
  }
}

}  // namespace credence
