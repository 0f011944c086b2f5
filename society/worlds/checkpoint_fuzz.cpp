#include <credence/base/expects.h>
#include <credence/base/sha256.h>
#include <credence/worlds/village.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace credence;

namespace {

struct Kept {
  World world = village(40, 1, 2);
  std::vector<SocietyProgramme> programmes = {harsh_programme()};
  Crew crew{1};
  std::string checkpoint;

  Kept() {
    Result<Society> society = Society::make(world, programmes, 0, crew);
    expects(static_cast<bool>(society), "the village is made");
    society->step(crew);
    society->step(crew);
    checkpoint = society->checkpoint();
  }
};

}  // namespace

// Whatever bytes of a checkpoint are changed, it is refused; and where its sum is made to fit, it
// is refused or the run goes on to its end. The input is a list of places (two bytes) and values.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Kept kept;
  std::string changed = kept.checkpoint;
  for (std::size_t at = 0; at + 2 < size; at += 3) {
    std::size_t place = (std::size_t{data[at]} << 8U | data[at + 1]) % changed.size();
    changed[place] = static_cast<char>(data[at + 2]);
  }
  if (changed != kept.checkpoint) {
    expects(!Society::restore(kept.world, kept.programmes, changed, kept.crew),
            "a changed checkpoint was taken");
  }
  changed.resize(changed.size() - sizeof(Hash));
  Hash sum = sha256(changed);
  changed.append(as_text(sum));
  Result<Society> society = Society::restore(kept.world, kept.programmes, changed, kept.crew);
  if (!society) return 0;
  while (!society->over()) society->step(kept.crew);
  expects(society->flows(1).size() == 16, "a restored run has its flows");
  return 0;
}
