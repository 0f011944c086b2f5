#pragma once

#include <credence/engine/engine.h>
#include <credence/store/store.h>
#include <credence/terminal/command.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

enum class BookAccess { read, write };

// A data folder in use: the record, and an engine for every version of the programme that was
// published in it.
class Book {
 public:
  Store& store() const { return *store_; }
  const Engine& engine() const { return engines_.rbegin()->second; }  // of the version in force
  // The engine of the version that the fact published; nullptr when there is none.
  const Engine* engine_of(std::uint64_t programme_fact) const;

  const std::map<std::uint64_t, Engine>& engines() const { return engines_; }

  // As the programme in force reads it.
  Result<Dossier> dossier(const std::string& subject) const;
  // The dossier of an enrolled person; the error says whether they were erased or never known.
  Result<Dossier> known_dossier(const std::string& subject) const;
  // The same question without reading a record: what a person may always ask for (to withdraw, to
  // be erased, to take their data with them) must not hang on whether everything can be read.
  Result<Done> known(const std::string& subject) const;
  // The consents of a known person, from the consent facts alone.
  Result<Consents> known_consents(const std::string& subject) const;
  // What is asked on this day, with all that is known now.
  AsOf as_of(Date date) const { return {date, store_->size(), now()}; }
  Date today() const { return day_of(now()); }
  // The clock's time, never before the last fact.
  Instant now() const { return std::max(clock_(), store_->last_recorded()); }

  // Who stopped the programme and why, while it is stopped (A23): then no score and no answer
  // leaves.
  const std::optional<Error>& stopped() const { return stopped_; }

  // Every enrolled person, in the order of enrolment.
  Result<std::vector<std::string>> everybody() const;

  // One durable commit of one draft, then a signed checkpoint over it.
  Result<std::uint64_t> record(Draft draft) const;
  Result<Done> sign() const;

 private:
  friend Result<Book> open_book(const Arguments&, BookAccess);
  Clock clock_;
  std::unique_ptr<Store> store_;
  std::optional<Error> stopped_;
  std::map<std::uint64_t, Engine> engines_;  // by the index of the publishing fact
};

Result<Book> open_book(const Arguments& arguments, BookAccess access);
inline Result<Book> open_book_to_write(const Arguments& arguments) {
  return open_book(arguments, BookAccess::write);
}
inline Result<Book> open_book_to_read(const Arguments& arguments) {
  return open_book(arguments, BookAccess::read);
}

// --clock, or the computer's clock.
Result<Clock> clock_from(const Arguments& arguments);

// --as-of, or today.
Result<Date> date_from(const Arguments& arguments, const std::string& option, Date fallback);

// The draft that publishes a programme: its file, its card and which charter admitted it.
Draft publication(const LawfulProgramme& programme, const Card& card, const std::string& card_file,
                  Instant now);

}  // namespace credence
