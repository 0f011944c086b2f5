#pragma once

#include <credence/worlds/checkpoint_bytes.h>
#include <credence/worlds/society.h>

namespace credence {

// Items that more than one kind of file keeps, written and read alike.
void write_tally(CheckpointWriter& to, const MonthTally& tally);
void read_tally(CheckpointReader& from, MonthTally& tally);
void write_story_month(CheckpointWriter& to, const StoryMonth& month);
StoryMonth read_story_month(CheckpointReader& from);

// A list of anything, its length before it. A length that lies costs no memory: reading ends where
// the bytes end.
template <class T, class Write>
void write_list(CheckpointWriter& to, const std::vector<T>& list, const Write& write) {
  to.number(std::uint64_t{list.size()});
  for (const T& item : list) write(item);
}
template <class T, class Read>
void read_list(CheckpointReader& from, std::vector<T>& list, const Read& read) {
  auto size = from.number<std::uint64_t>();
  for (std::uint64_t i = 0; from.ok() && i < size; ++i) list.push_back(read());
}

}  // namespace credence
