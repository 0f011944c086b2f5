#pragma once

#include <credence/base/money.h>
#include <credence/programme/cell.h>

#include <string>
#include <string_view>
#include <vector>

namespace credence {

// Field types of an event. There is no free text: what people write is never a signal (A03, A05).
enum class FieldType { money, date, integer, flag, choice };

struct Field {
  std::string name;
  FieldType type = FieldType::integer;
  bool optional = false;
  std::vector<std::string> choices;  // of a choice; a Cell holds the position
  std::vector<std::string>
      special;  // tokens that the source declares ("no-record"); a Cell holds the position
};

struct EventType {
  static constexpr std::size_t kMaxFields = 16;

  std::string id;
  int source = 0;  // index into Programme::sources
  std::vector<Field> fields;

  int find_field(std::string_view name) const;  // -1 when there is none
};

}  // namespace credence
