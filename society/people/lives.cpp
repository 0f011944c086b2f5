#include <credence/base/expects.h>
#include <credence/people/lives.h>

namespace credence {

namespace {

template <typename Column>
std::size_t bytes_of(const Column& column) {
  return column.size() * sizeof(typename Column::value_type);
}

}  // namespace

// Two bits each for bill, rental and instalment, one each for income and overdraft. Checkpoints
// hold this code: its layout does not change.
std::uint8_t RecordedMonth::code() const {
  return static_cast<std::uint8_t>(static_cast<unsigned>(bill) | (income ? 4U : 0U) |
                                   (overdraft ? 8U : 0U) | static_cast<unsigned>(rental) << 4U |
                                   static_cast<unsigned>(instalment) << 6U);
}

RecordedMonth RecordedMonth::of(std::uint8_t code) {
  RecordedMonth month;
  month.bill = static_cast<BillPaid>(code & 3U);
  month.income = (code & 4U) != 0;
  month.overdraft = (code & 8U) != 0;
  month.rental = static_cast<RentalEnd>((code >> 4U) & 3U);
  month.instalment = static_cast<InstalmentPaid>((code >> 6U) & 3U);
  return month;
}

std::string_view name_of(Sphere sphere) {
  switch (sphere) {
    case Sphere::rental:
      return "rental";
    case Sphere::credit:
      return "credit";
    case Sphere::housing:
      return "housing";
    case Sphere::travel:
      return "travel";
    case Sphere::work:
      return "work";
    case Sphere::school:
      return "school";
    case Sphere::speech:
      return "speech";
  }
  stop_on_defect("name_of: no such sphere");
}

void Lives::resize(std::size_t people) {
  wealth.resize(people);
  debt.resize(people);
  marks.resize(people);
  points.resize(people, kNoPoints);
  own_points.resize(people);
  record.resize(people);
  barred.resize(people);
  listed.resize(people);
  excluded.resize(people);
  idle.resize(people);
  fault.resize(people);
  appeal.resize(people);
  region.resize(people);
  chill.resize(people);
  game_spent.resize(people);
}

std::size_t Lives::bytes() const {
  return bytes_of(wealth) + bytes_of(debt) + bytes_of(marks) + bytes_of(points) +
         bytes_of(own_points) + bytes_of(record) + bytes_of(barred) + bytes_of(listed) +
         bytes_of(excluded) + bytes_of(idle) + bytes_of(fault) + bytes_of(appeal) +
         bytes_of(region) + bytes_of(chill) + bytes_of(game_spent);
}

MonthLuck MonthLuck::of(const KeyedDraws& draws, std::uint32_t person, std::uint32_t month) {
  return {draws.uniforms(person, month, Purpose::job), draws.uniforms(person, month, Purpose::bill),
          draws.uniforms(person, month, Purpose::opinion),
          draws.uniforms(person, month, Purpose::volunteer),
          draws.uniforms(person, month, Purpose::rent)};
}

void SeenLives::take(const Lives& lives) {
  points = lives.points;
  marks = lives.marks;
}

}  // namespace credence
