#pragma once

#include <credence/store/sqlite.h>

#include <string>

namespace credence {

// What stands in the table `record` about the file as a whole.
struct RecordHeader {
  std::string origin;
  std::string verifier;  // vkey of the log
};

// The tables of docs/formats/store.md. REQUIRES: inside a transaction.
Result<Done> create_tables(Database& database, const RecordHeader& header);
// How every connection of this process treats the file (docs/formats/store.md, "Discipline").
Result<Done> configure_writer(Database& database);
Result<Done> configure_reader(Database& database);
// Errors: store.missing (no record in this file), store.corrupt (another format).
Result<RecordHeader> read_header(Database& database);

}  // namespace credence
