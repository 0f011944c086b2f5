#pragma once

#include <credence/programme/schema.h>

#include <string_view>

namespace credence {

// An event with a field of each type, for the tests of conditions.
inline EventType sample_event() {
  EventType event;
  event.id = "bill";
  event.fields = {{"amount", FieldType::money, false, {}, {}},
                  {"due", FieldType::date, false, {}, {}},
                  {"paid", FieldType::date, true, {}, {"not-due"}},
                  {"days", FieldType::integer, true, {}, {}},
                  {"regular", FieldType::flag, true, {}, {}},
                  {"outcome", FieldType::choice, true, {"settled", "damaged", "lost"}, {}},
                  {"before", FieldType::choice, true, {"settled", "damaged", "lost"}, {}},
                  {"colour", FieldType::choice, true, {"red", "settled"}, {}}};
  return event;
}

enum SampleField { amount, due, paid, days, regular, outcome, before, colour };

}  // namespace credence
