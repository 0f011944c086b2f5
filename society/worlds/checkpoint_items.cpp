#include <credence/worlds/checkpoint_items.h>

namespace credence {

void write_tally(CheckpointWriter& to, const MonthTally& tally) {
  for (std::int64_t count : tally.of) to.number(count);
}

void read_tally(CheckpointReader& from, MonthTally& tally) {
  for (std::int64_t& count : tally.of) count = from.number<std::int64_t>();
}

void write_story_month(CheckpointWriter& to, const StoryMonth& month) {
  to.number(month.month);
  to.number(month.points);
  to.number(month.marks);
  to.number(month.wealth);
  to.number(month.happenings);
  for (std::uint8_t months : month.barred) to.number(months);
  to.number(month.region);
}

StoryMonth read_story_month(CheckpointReader& from) {
  StoryMonth month;
  month.month = from.number<std::uint32_t>();
  month.points = from.number<std::int16_t>();
  month.marks = from.number<std::uint16_t>();
  month.wealth = from.number<std::int32_t>();
  month.happenings = from.number<std::uint64_t>();
  for (std::uint8_t& months : month.barred) months = from.number<std::uint8_t>();
  month.region = from.number<std::uint8_t>();
  return month;
}

}  // namespace credence
