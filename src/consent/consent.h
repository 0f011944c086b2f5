#pragma once

#include <credence/base/time.h>
#include <credence/event/event.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace credence {

// One yes of one person: for one purpose, the data of one source, one recipient, until a day (A13).
struct Grant {
  std::uint64_t index = 0;  // of the fact that records it
  std::string purpose;
  std::string source;
  std::string recipient;
  Instant granted;
  Date expires;                               // the first day on which it no longer holds
  std::optional<std::uint64_t> withdrawn_by;  // index of the fact that records the withdrawal
  std::optional<Instant> withdrawn;
};

// A person's consents, as the ledger knows them.
class Consents {
 public:
  void add(Grant grant) { grants_.push_back(std::move(grant)); }
  // Ends every grant for the source (for all sources when empty) that the facts below `index` gave,
  // for every purpose and recipient, or for `recipient` alone. It holds from `when` on, that second
  // included. Returns how many live ones it ended.
  int withdraw(std::string_view source, std::uint64_t index, Instant when,
               std::string_view recipient = {});
  const std::vector<Grant>& grants() const { return grants_; }

  // The grant that holds for purpose, source and recipient at `when`, as known by the facts below
  // `known`; nullptr when none does.
  const Grant* live(std::string_view purpose, std::string_view source, std::string_view recipient,
                    Instant when, std::uint64_t known = UINT64_MAX) const;

 private:
  std::vector<Grant> grants_;
};

// The operator's own recipient name: the programme may use the data itself under this consent.
inline constexpr std::string_view kOperator = "operator";

// An event that somebody agreed to have recorded. Only admit() makes one, and the ledger records no
// other event.
class Admitted {
 public:
  const Event& event() const { return event_; }
  std::uint64_t grant() const { return grant_; }  // index of the consent that it rests on
  Instant recorded() const { return recorded_; }

 private:
  friend std::variant<Admitted, struct Refused> admit(Event, const LawfulProgramme&,
                                                      const Consents*, Instant);
  Admitted(Event event, std::uint64_t grant, Instant recorded)
      : event_(std::move(event)), grant_(grant), recorded_(recorded) {}
  Event event_;
  std::uint64_t grant_;
  Instant recorded_;
};

// Why an event is not recorded; checked in this order.
//   A28 nobody is enrolled under that name        A14 the consent was withdrawn
//   A13 there is no consent, or it has expired    A07 the event is dated after today, so nobody can
//   verify it A21 the record is older than its source may keep it
struct Refused {
  std::string article;
  Text why;
};

// Asks for a live consent to the programme's purpose, the source of the event's type and kOperator,
// and for dates that the source allows. `consents` is nullptr when nobody of that name is enrolled.
// `now` becomes the recording time. A correction (Event::corrects) takes the same path.
std::variant<Admitted, Refused> admit(Event event, const LawfulProgramme& programme,
                                      const Consents* consents, Instant now);

}  // namespace credence
