#include <credence/worlds/luck_of_many.h>

namespace credence {

void LuckOfMany::draw(const KeyedDraws& draws, std::uint32_t first, std::size_t count,
                      std::uint32_t month) {
  struct Part {
    Purpose purpose;
    std::array<double, 4> MonthLuck::* part;
  };
  static constexpr Part kParts[] = {{Purpose::job, &MonthLuck::work},
                                    {Purpose::bill, &MonthLuck::bills},
                                    {Purpose::opinion, &MonthLuck::opinion},
                                    {Purpose::volunteer, &MonthLuck::conduct},
                                    {Purpose::rent, &MonthLuck::wants}};
  luck_.resize(kSize);
  for (const Part& of : kParts) {
    words_.of_people(draws, first, count, month, of.purpose);
    for (std::size_t place = 0; place < count; ++place) {
      luck_[place].*of.part = words_.uniforms(place);
    }
  }
}

}  // namespace credence
