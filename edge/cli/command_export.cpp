#include <credence/cli/book.h>
#include <credence/cli/card_file.h>
#include <credence/cli/commands.h>
#include <credence/cli/proving.h>
#include <credence/exchange/exchange.h>
#include <credence/terminal/files.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

#include <vector>

namespace credence {

namespace {

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ExportFormatNote& note : export_formats()) names.emplace_back(note.name);
  return names;
}

Exit export_points_card(const Arguments& arguments, Console& console) {
  auto card = read_card_file(arguments.one("card"), Language::en, console);
  if (!card) return fail(console, card.error());
  auto format = find_export_format(arguments.one("to"));
  expects(format.has_value(), "export: the command line knows the formats");
  auto reasons = parse_number("reasons", arguments.one_or("reasons", "4"), 4);
  if (!reasons) return fail(console, reasons.error());
  ExportOptions options;
  options.reasons = *reasons;
  options.table = arguments.one_or("table", options.table);
  options.key = arguments.one_or("id", options.key);
  options.name = arguments.one_or("name", "");
  if (arguments.has("out")) {
    auto writable = can_write(arguments.one("out"), {arguments.one("card")});
    if (!writable) return fail(console, writable.error());
  }
  auto text = export_card(*card, *format, options);
  if (!text) return fail(console, text.error());
  if (!arguments.has("out")) {
    console.out(*text);
    return Exit::yes;
  }
  const std::string& path = arguments.one("out");
  if (auto written = write_file(path, *text); !written) return fail(console, written.error());
  console.out(fmt::format("{}: card `{}` as {}\n", path, card->id, to_text(*format)));
  return Exit::yes;
}

Exit export_everything_about(const Arguments& arguments, Console& console) {
  auto book = open_book_to_read(arguments);
  if (!book) return fail(console, book.error());
  const std::string& subject = arguments.one("SUBJECT");
  if (auto known = book->known(subject); !known) return fail(console, known.error());
  auto text = export_person(*book, subject);
  if (!text) return fail(console, text.error());
  std::string path = arguments.one_or("out", subject + ".credence.json");
  if (auto written = write_file(path, *text); !written) return fail(console, written.error());
  console.out(
      fmt::format("{}: everything about {}, to be checked anywhere with\n"
                  "  credence verify --export {} --key {}\n",
                  path, subject, path, to_text(book->store().verifier())));
  return Exit::yes;
}

Exit run_export(const Arguments& arguments, Console& console) {
  if (arguments.has("card") && arguments.has("to") && !arguments.has("SUBJECT"))
    return export_points_card(arguments, console);
  if (arguments.has("card") || arguments.has("to"))
    return fail(console, {"usage.export",
                          "a card's export needs --card and --to, and no person",
                          {},
                          "credence export --card card.toml --to postgresql --out score.sql"});
  for (const char* name : {"SUBJECT", "data"}) {
    if (!arguments.has(name))
      return fail(console, {"usage",
                            fmt::format("{}{} is required", name[0] == 'S' ? "" : "--", name),
                            {},
                            "credence export --help"});
  }
  return export_everything_about(arguments, console);
}

}  // namespace

Command export_command() {
  Option data = data_option();
  data.required = false;  // a card needs none
  return {"export",
          "everything that is kept about a person, verifiable offline; or a points card in another "
          "format, with the same points everywhere",
          "credence export ada --out ada.credence.json --data demo/data",
          {{"SUBJECT", "SUBJECT", "the person"},
           {"out", "FILE", "where to (SUBJECT.credence.json; a card: standard output)"},
           {"card", "FILE", "export this card instead"},
           {"to", "FORMAT", "the card's format", false, false, format_names()},
           {"name", "NAME", "of the function, class or module (the card's id)"},
           {"table", "NAME", "of SQL: the table of applicants (applicants)"},
           {"id", "COLUMN", "of SQL: the column that names a row (id)"},
           {"reasons", "N", "reasons per row, 0 to 4 (4)"},
           data},
          run_export};
}

}  // namespace credence
