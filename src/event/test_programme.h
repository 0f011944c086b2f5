#pragma once

#include <credence/event/reader.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace credence::testing {

// The events of programmes/deposit-free as a plain value, for tests of reading: bill, income,
// overdraft, rental, and `report`, whose fields have special codes.
inline Programme make_programme() {
  auto field = [](std::string name, FieldType type, bool optional = false) {
    return Field{std::move(name), type, optional, {}, {}};
  };
  Programme programme;
  programme.purpose = "deposit-waiver";
  programme.currency = *find_currency("EUR");
  for (std::string id : {"bank", "rentals"}) {
    Source source;
    source.id = id;
    source.name = {"Your " + id, "Vos " + id};
    source.retention = Period{24, 0};
    source.clock_start = "event";
    programme.sources.push_back(source);
  }
  Field outcome = field("outcome", FieldType::choice);
  outcome.choices = {"settled", "damaged", "lost"};
  Field balance = field("balance", FieldType::money);
  balance.special = {"no-record", "no-account"};
  Field months = field("months", FieldType::integer, true);
  months.special = {"never"};
  programme.events = {
      {"bill",
       0,
       {field("amount", FieldType::money), field("due", FieldType::date),
        field("paid", FieldType::date, true)}},
      {"income", 0, {field("amount", FieldType::money), field("regular", FieldType::flag)}},
      {"overdraft", 0, {field("amount", FieldType::money), field("days", FieldType::integer)}},
      {"rental",
       1,
       {field("deposit", FieldType::money), field("due_back", FieldType::date),
        field("returned", FieldType::date, true), outcome}},
      {"report", 0, {balance, months}}};
  return programme;
}

inline EventMap::Column column(std::string name) {
  EventMap::Column made;
  made.column = std::move(name);
  return made;
}

// A bank's transactions with two maps: credits are income, debits are bills.
inline Programme make_mapped_programme() {
  Programme programme = make_programme();
  Currency euro = *find_currency("EUR");
  EventMap income;
  income.name = "credits";
  income.event = 1;
  income.delimiter = ';';
  income.subject = "account_id";
  income.at = column("date");
  income.at.format = "YYMMDD";
  income.key = {"trans_id"};
  income.when = {{"type", {"credit", "CREDIT"}}};
  income.fields["amount"] = column("amount");
  income.fields["amount"].currency = euro;
  income.fields["regular"] = column("k_symbol");
  income.fields["regular"].values = {{"", "false"}, {"PENSION", "true"}};
  EventMap bill = income;
  bill.name = "debits";
  bill.event = 0;
  bill.key = {};
  bill.when = {{"type", {"debit"}}};
  bill.fields.erase("regular");
  bill.fields["due"] = income.at;
  EventMap big = income;
  big.name = "big-credits";
  big.when["size"] = {"big"};
  big.key = {"trans_id", "account_id"};
  big.fields["regular"] = {};
  big.fields["regular"].constant = "true";
  programme.maps = {income, bill, big};
  return programme;
}

// Everything that a reader says about `bytes`, one line each, given in pieces of `piece` bytes.
inline std::vector<std::string> read_all(FileFormat format, const Programme& programme,
                                         std::string_view bytes,
                                         std::size_t piece = std::string::npos) {
  auto shared = std::make_shared<const Programme>(programme);
  auto reader = make_reader(format, shared);
  std::vector<std::string> said;
  OnRecord note = [&](std::uint64_t line, ReadRecord record) {
    std::string text = std::to_string(line);
    if (auto* event = std::get_if<Event>(&record)) {
      text += " " + event->subject + " " + to_canonical_json(to_json(*event, *shared));
    } else if (auto* reject = std::get_if<Reject>(&record)) {
      if (reject->line != line || reject->error.where.line != line) text += "!";
      text += " [" + reject->field + "] " + reject->error.code + " | " + reject->text;
    } else {
      text += " skipped";
    }
    said.push_back(std::move(text));
  };
  for (std::size_t at = 0; at < bytes.size();) {
    std::string_view part = bytes.substr(at, piece);
    reader->feed(part, note);
    at += part.size();
  }
  reader->finish(note);
  return said;
}

}  // namespace credence::testing
