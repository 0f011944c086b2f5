#include <credence/cli/amending.h>
#include <credence/cli/book.h>
#include <credence/cli/commands.h>
#include <credence/cli/loading.h>
#include <fmt/format.h>

#include <filesystem>

namespace credence {

namespace {

std::string default_origin(const LawfulProgramme& programme) {
  return fmt::format("credence.example/{}", programme->id);
}

// Loads and judges; prints the findings and gives nothing when the charter refuses.
std::optional<LoadedProgramme> load_lawful(const Arguments& arguments, Console& console,
                                           Exit& exit) {
  auto loaded = load_programme(arguments.one("programme"));
  if (!loaded) {
    exit = fail(console, loaded.error());
    return std::nullopt;
  }
  if (!loaded->ready()) {
    console.err(render_findings(*loaded, arguments.language()));
    exit = is_refused(loaded->findings) ? Exit::refused : Exit::bad_input;
    return std::nullopt;
  }
  return *std::move(loaded);
}

Exit report(Console& console, const Store& store, const LawfulProgramme& programme,
            std::uint64_t index) {
  console.out(
      fmt::format("published: {} version {}, fact {}\n", programme->id, programme->version, index));
  console.out(fmt::format("log: {}\nkey: {}\n", store.origin(), to_text(store.verifier())));
  return Exit::yes;
}

Result<std::uint64_t> publish_programme(Store& store, const LoadedProgramme& loaded) {
  std::vector<Draft> drafts;
  std::string card_name = std::filesystem::path(loaded.card_file).filename().string();
  drafts.push_back(publication(*loaded.lawful, *loaded.card, card_name, store.now()));
  auto appended = store.append(std::move(drafts));
  if (!appended) return appended.error();
  auto note = store.publish();
  if (!note) return note.error();
  return appended->front().index;
}

Exit run_init(const Arguments& arguments, Console& console) {
  Exit exit = Exit::yes;
  auto loaded = load_lawful(arguments, console, exit);
  if (!loaded) return exit;
  auto clock = clock_from(arguments);
  if (!clock) return fail(console, clock.error());
  std::string origin = arguments.one_or("origin", default_origin(*loaded->lawful));
  auto store = Store::create(arguments.one("data"), origin, *clock, {});
  if (!store) return fail(console, store.error());
  auto index = publish_programme(**store, *loaded);
  if (!index) return fail(console, index.error());
  return report(console, **store, *loaded->lawful, *index);
}

Exit run_amend(const Arguments& arguments, Console& console) {
  Exit exit = Exit::yes;
  auto loaded = load_lawful(arguments, console, exit);
  if (!loaded) return exit;
  auto book = open_book_to_write(arguments);
  if (!book) return fail(console, book.error());
  if (auto error = amendment_error(book->engines(), **loaded->lawful)) return fail(console, *error);
  auto index = publish_programme(book->store(), *loaded);
  if (!index) return fail(console, index.error());
  return report(console, book->store(), *loaded->lawful, *index);
}

}  // namespace

Command init_command() {
  return {"init",
          "open a record and publish the programme in it",
          "credence init --data demo/data --programme programmes/deposit-free/programme.toml",
          {{"data", "DIR", "the data folder to make (or the variable CREDENCE_DATA)", true},
           {"programme", "FILE", "the programme; its card lies beside it", true},
           {"origin", "NAME",
            "the log's name in signatures, a URL without https:// (credence.example/ID)"},
           clock_option(),
           lang_option()},
          run_init};
}

Command amend_command() {
  return {"amend",
          "publish a new version of the programme",
          "credence amend --data demo/data --programme programmes/deposit-free/programme.toml",
          {data_option(),
           {"programme", "FILE", "the new version", true},
           clock_option(),
           lang_option()},
          run_amend};
}

}  // namespace credence
