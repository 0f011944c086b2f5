#pragma once

#include <credence/decision/example_testing.h>
#include <credence/engine/engine.h>

namespace credence::testing {

// A person with a year of bills and some rentals, and the engine that scores them.
struct Story {
  LedgerInMemory book{example_programme()};
  Engine engine{book.programme(), example_card(book.programme()), 0};

  Story() { book.fill(); }

  Assessment assess(std::string_view date) const {
    return engine.assess(book.dossier(), book.as_of(date));
  }
  std::uint64_t issue(std::string_view date) {
    return book.record(engine.issue(book.subject(), assess(date), noon(date)));
  }
};

inline std::uint64_t late_bill(const Story& story) {
  const auto assessed = story.assess("2026-11-21");
  int feature = story.book.programme()->find_feature("late_bills_12m");
  return assessed.features.values.at(static_cast<std::size_t>(feature)).facts.at(0);
}

}  // namespace credence::testing
