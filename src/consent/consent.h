#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <credence/base/time.h>
#include <credence/event/event.h>

namespace credence {

// One yes of one person: for one purpose, the data of one source, one recipient, until a day (A13).
struct Grant {
  std::uint64_t index = 0;  // of the fact that records it
  std::string purpose;
  std::string source;
  std::string recipient;
  Instant granted;
  Date expires;                                // the first day on which it no longer holds
  std::optional<std::uint64_t> withdrawn_by;   // index of the fact that records the withdrawal
  std::optional<Instant> withdrawn;
};

// A person's consents, as the ledger knows them.
class Consents {
 public:
  void add(Grant grant) { grants_.push_back(std::move(grant)); }
  // Ends every live grant for the source (all sources when empty). Returns how many it ended.
  int withdraw(std::string_view source, std::uint64_t index, Instant when);
  const std::vector<Grant>& grants() const { return grants_; }

  // The grant that holds for purpose, source and recipient at `when`, as known by the facts below `known`;
  // nullptr when none does.
  const Grant* live(std::string_view purpose, std::string_view source, std::string_view recipient,
                    Instant when, std::uint64_t known = UINT64_MAX) const;

 private:
  std::vector<Grant> grants_;
};

// The operator's own recipient name: the programme may use the data itself under this consent.
inline constexpr std::string_view kOperator = "operator";

// An event that somebody agreed to have recorded. Only admit() makes one, and the ledger records no other event.
class Admitted {
 public:
  const Event& event() const { return event_; }
  std::uint64_t grant() const { return grant_; }  // index of the consent that it rests on
  Instant recorded() const { return recorded_; }

 private:
  friend std::variant<Admitted, struct Refused> admit(Event, const LawfulProgramme&, const Consents*, Instant);
  Admitted(Event event, std::uint64_t grant, Instant recorded)
      : event_(std::move(event)), grant_(grant), recorded_(recorded) {}
  Event event_;
  std::uint64_t grant_;
  Instant recorded_;
};

struct Refused {
  std::string article;  // A13 no live consent, A21 older than its source's retention, A29 ..., A28 nobody enrolled
  Text why;
};

// `consents` is nullptr when nobody of that name is enrolled. `now` becomes the recording time.
std::variant<Admitted, Refused> admit(Event event, const LawfulProgramme& programme, const Consents* consents,
                                      Instant now);

}  // namespace credence
