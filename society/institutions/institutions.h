#pragma once

#include <credence/institutions/society_programme.h>
#include <credence/people/lives.h>
#include <credence/people/rule.h>

#include <memory>
#include <span>
#include <vector>

namespace credence {

// Scratch space of one worker: a dossier and what the engine needs, kept between people.
struct InstitutionDesk;

// An appeal that waits for the board.
struct WaitingAppeal {
  std::uint32_t person = 0;
  std::uint32_t lottery = 0;  // keyed: who is heard first among equals
  bool justified = false;
};

// The institutions of one arm: bank, landlord, rental platform, employer, school, city, police,
// review board, and the programme's operator; each in its own file (society/institutions/*.cpp)
// with its description. An answer of "no" that is due to the programme is marked in `now`.
class Institutions {
 public:
  static std::span<const RuleDescription* const> descriptions();
  // `values`: of all rules, those of people included. `programme` outlives the institutions.
  Institutions(const SocietyProgramme& programme, const ParameterValues& values,
               const Population& population);
  ~Institutions();
  Institutions(Institutions&&) noexcept;

  const SocietyProgramme& programme() const { return *programme_; }
  const Climate& climate() const { return climate_; }
  std::unique_ptr<InstitutionDesk, void (*)(InstitutionDesk*)> make_desk() const;

  // In the order of a month. `start` is the first day of the world's first month.
  void hire(LifeMonth& month) const;   // employer: answers wanted_job
  void watch(LifeMonth& month) const;  // city, police: cameras, matcher, offences, loyalty, deeds
  void enrol(LifeMonth& month) const;  // operator: asks, or compels
  void score(LifeMonth& month, InstitutionDesk& desk, Date start) const;  // operator: the engine
  void sanction(LifeMonth& month) const;  // operator: lists, sanctions, publication, decay
  void answer(LifeMonth& month, InstitutionDesk& desk,
              Date start) const;  // platform, bank, landlord, city, school: what was wanted
  // The board hears as many as it can: longest waiting first, then by lottery. Serial. Outcomes are
  // written into `lives` and returned in the order heard, for counting.
  struct HeardAppeal {
    std::uint32_t person = 0;
    bool won = false, justified = false;
    std::uint8_t waited = 0;  // months
  };
  std::vector<HeardAppeal> hear(Lives& lives, std::vector<WaitingAppeal> appeals,
                                const KeyedDraws& draws, std::uint32_t month) const;

  // The dossier that the lawful part's engine sees of a person in `month` (with that month's facts
  // in it); for scores, life stories and the tests that hold it against the ledger's way.
  Dossier dossier_of(const Population& population, const Lives& lives, const KeyedDraws& draws,
                     std::uint32_t person, std::uint32_t month, Date start) const;
  // What hearing one appeal costs the operator, in cents.
  std::int32_t cost_of_case() const;
  const Text* tier_of(int points) const;  // nullptr below all, or without tiers
  std::vector<Text> tier_names() const;   // rising

  struct Parts;  // what the files of this folder share (parts.h)

 private:
  const SocietyProgramme* programme_;
  Climate climate_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace credence
