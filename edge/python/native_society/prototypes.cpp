#include <credence/native/errors.h>
#include <credence/native_society/findings.h>
#include <credence/native_society/prototypes.h>
#include <fmt/format.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

// Columns lent to Python for one call. NumPy arrays may be kept for longer than that, by a rule or
// by the traceback of its error; then the memory goes with the array, and the lives get a copy.
class LentColumns {
 public:
  explicit LentColumns(Lives& lives) {
    lend("wealth", lives.wealth);
    lend("debt", lives.debt);
    lend("marks", lives.marks);
    lend("points", lives.points);
    lend("own_points", lives.own_points);
    lend_rows("record", lives.record);
    lend_rows("barred", lives.barred);
    lend("listed", lives.listed);
    lend("excluded", lives.excluded);
    lend("idle", lives.idle);
    lend("fault", lives.fault);
    lend("appeal", lives.appeal);
    lend("region", lives.region);
    lend("chill", lives.chill);
    lend("game_spent", lives.game_spent);
  }
  ~LentColumns() {
    columns_.reset();
    for (const auto& take_back : take_back_) take_back();
  }
  LentColumns(const LentColumns&) = delete;
  LentColumns& operator=(const LentColumns&) = delete;

  const nb::object& columns() const { return columns_; }

 private:
  template <class T>
  void lend(const char* name, std::vector<T>& column) {
    columns_[name] =
        nb::ndarray<nb::numpy, T, nb::ndim<1>>(column.data(), {column.size()}, owner_of(column))
            .cast();
  }
  template <std::size_t width>
  void lend_rows(const char* name, std::vector<std::array<std::uint8_t, width>>& column) {
    auto* data = column.empty() ? nullptr : column.front().data();
    columns_[name] = nb::ndarray<nb::numpy, std::uint8_t, nb::ndim<2>>(data, {column.size(), width},
                                                                       owner_of(column))
                         .cast();
  }
  template <class T>
  nb::capsule owner_of(std::vector<T>& column) {
    using Kept = std::shared_ptr<std::vector<T>>;
    Kept kept = std::make_shared<std::vector<T>>();
    take_back_.push_back([kept, &column] {
      if (kept.use_count() == 1) return;  // no array is left
      *kept = std::move(column);
      column = *kept;
    });
    return {new Kept(kept), [](void* held) noexcept { delete static_cast<Kept*>(held); }};
  }

  nb::dict columns_;
  std::vector<std::function<void()>> take_back_;
};

template <class T>
void add_trait(nb::dict& traits, std::string_view name, const std::vector<T>& column) {
  auto [data, owner] = given_away(std::vector<T>(column));
  traits[nb::str(name.data(), name.size())] =
      nb::ndarray<nb::numpy, const T, nb::ndim<1>>(data, {column.size()}, owner).cast();
}

// Copied once a replicate, so that they may be kept.
nb::dict traits_of(const Population& population) {
  nb::dict traits = {};
  for (std::size_t i = 0; i < kTraits; ++i) {
    const auto trait = static_cast<Trait>(i);
    add_trait(traits, trait == Trait::age ? "age_class" : name_of(trait), population.trait[i]);
  }
  add_trait(traits, "age", population.age);
  add_trait(traits, "household", population.household);
  add_trait(traits, "wage", population.wage);
  add_trait(traits, "diligence", population.diligence);
  add_trait(traits, "conviction", population.conviction);
  return traits;
}

void check_regions(const Society& society, std::size_t arm) {
  const auto& regions =
      society.population().plan.categories[static_cast<std::size_t>(Trait::region)];
  const std::vector<std::uint8_t>& column = society.lives(arm).region;
  for (std::size_t person = 0; person < column.size(); ++person) {
    if (column[person] < regions.size()) continue;
    raise(Error{.code = "prototype.region",
                .message = fmt::format("a rule put person {} into region {}, and the world has {}",
                                       person, column[person], regions.size()),
                .help = "regions are numbered from 0"});
  }
}

struct PrototypeRule {
  nb::object rule;
  nb::dict traits = {};
  std::int64_t replicate = -1;  // whose traits these are

  void change(Society& society, std::size_t arm) {
    if (replicate != society.replicate()) {
      traits = traits_of(society.population());
      replicate = society.replicate();
    }
    {
      const LentColumns lent(society.change_lives(arm));
      rule(society.month(), arm, society.replicate(), lent.columns(), traits);
    }
    check_regions(society, arm);
  }
};

}  // namespace

LifeChange change_of(const nb::object& rule) {
  const std::shared_ptr<PrototypeRule> prototype(new PrototypeRule{.rule = rule},
                                                 [](PrototypeRule* held) {
                                                   const nb::gil_scoped_acquire gil;
                                                   delete held;
                                                 });
  return [prototype](Society& society, std::size_t arm) {
    const nb::gil_scoped_acquire gil;
    prototype->change(society, arm);
  };
}

}  // namespace credence
