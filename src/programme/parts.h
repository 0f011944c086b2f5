#pragma once

#include <credence/programme/programme.h>
#include <credence/programme/reader.h>

#include <string_view>
#include <vector>

namespace credence {

// The parts of a programme file, each read into `programme` from the document's root, in the order
// in which they refer to each other: sources, events, features, then the rest.
void read_header(const TableReader& root, Programme& programme);
void read_sources(const TableReader& root, Programme& programme);
void read_events(const TableReader& root, Programme& programme);
void read_features(const TableReader& root, Programme& programme);
void read_score(const TableReader& root, Programme& programme);
void read_tiers(const TableReader& root, Programme& programme);
void read_benefits(const TableReader& root, Programme& programme);
void read_consequences(const TableReader& root, Programme& programme);
void read_recipients(const TableReader& root, Programme& programme);
void read_consents(const TableReader& root, Programme& programme);
void read_rights(const TableReader& root, Programme& programme);
std::vector<EventMap> read_maps(const TableReader& root, const Programme& programme);

inline constexpr std::size_t kMaxEntries = 64;  // of each kind: sources, events, features, ...

// The entries of [[section]], after P014 when there are too many (the rest is not read) and P007
// for an id that stood there before. `id_key` is empty where entries have no id.
std::vector<TableReader> read_entries(const TableReader& root, std::string_view section,
                                      std::string_view id_key);

// The position of the entry that `key` names, or -1 with P008.
int read_reference(const TableReader& reader, std::string_view key, std::string_view what,
                   const std::vector<std::string>& known);
std::vector<std::string> ids_of_events(const Programme& programme);
std::vector<std::string> ids_of_sources(const Programme& programme);

// The `where` of an entry, compiled against an event; holds for every event when there is none.
Condition read_condition(const TableReader& reader, const EventType& event,
                         const Programme& programme);

// A period that must not be zero (P020).
std::optional<Period> read_length(const TableReader& reader, std::string_view key);

// The type of a field as it is written, "date?", "choice: a | b"; nothing after P015 or P016.
struct FieldText {
  FieldType type = FieldType::integer;
  bool optional = false;
  std::vector<std::string> choices;
};
std::optional<FieldText> read_field_type(std::string_view written, const TableReader& reader,
                                         std::string_view key);

}  // namespace credence
