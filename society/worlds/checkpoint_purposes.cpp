#include <credence/worlds/checkpoint.h>

namespace credence {
namespace {

constexpr std::uint32_t kPurposesAtMost = 1000;

// No default: whoever adds a purpose is led here by the compiler.
constexpr bool is_purpose(Purpose purpose) {
  switch (purpose) {
    case Purpose::care:
    case Purpose::means:
    case Purpose::rental_habit:
    case Purpose::enrolment:
    case Purpose::income:
    case Purpose::income_day:
    case Purpose::bill_amount:
    case Purpose::bill_delay:
    case Purpose::bill_unpaid:
    case Purpose::overdraft:
    case Purpose::overdraft_size:
    case Purpose::rental:
    case Purpose::rental_day:
    case Purpose::rental_return:
    case Purpose::rental_outcome:
    case Purpose::flaw:
    case Purpose::consent:
    case Purpose::application:
    case Purpose::rounding:
    case Purpose::traits:
    case Purpose::household:
    case Purpose::network:
    case Purpose::job:
    case Purpose::wage:
    case Purpose::shock:
    case Purpose::bill:
    case Purpose::loan:
    case Purpose::instalment:
    case Purpose::trip:
    case Purpose::rent:
    case Purpose::rent_outcome:
    case Purpose::move:
    case Purpose::opinion:
    case Purpose::speech:
    case Purpose::volunteer:
    case Purpose::offence:
    case Purpose::game:
    case Purpose::friendship:
    case Purpose::schooling:
    case Purpose::awareness:
    case Purpose::enrolment_asked:
    case Purpose::record_fault:
    case Purpose::camera:
    case Purpose::match:
    case Purpose::report:
    case Purpose::hire:
    case Purpose::review:
    case Purpose::lottery:
    case Purpose::detection:
    case Purpose::listing:
    case Purpose::discovery:
    case Purpose::record_day:
    case Purpose::record_amount:
    case Purpose::panel:
    case Purpose::design:
    case Purpose::bootstrap:
    case Purpose::calibration:
      return true;
  }
  return false;
}

}  // namespace

std::vector<std::uint32_t> known_purposes() {
  std::vector<std::uint32_t> known;
  for (std::uint32_t number = 0; number < kPurposesAtMost; ++number) {
    if (is_purpose(static_cast<Purpose>(number))) known.push_back(number);
  }
  return known;
}

}  // namespace credence
