#include <credence/lab/lab_commands.h>
#include <credence/lab/society_files.h>
#include <credence/report/report.h>
#include <credence/terminal/bars.h>
#include <credence/terminal/files.h>
#include <credence/terminal/tongue.h>
#include <credence/worlds/harm.h>
#include <fmt/format.h>

namespace credence {

namespace {

Result<Done> write_text(const std::string& folder, const std::string& name, const std::string& text,
                        Console& console) {
  std::string path = folder + "/" + name;
  auto written = write_file(path, text);
  if (written) console.out(path + "\n");
  return written;
}

Exit write_preset(const std::string& name, const std::string& folder, Console& console) {
  bool is_world = false;
  for (const Preset& preset : built_in_worlds()) is_world = is_world || preset.id == name;
  auto named = is_world ? find_world_text(name) : find_programme_text(name);
  if (!named) return fail(console, named.error());
  if (auto made = make_folder(folder); !made) return fail(console, made.error());
  auto written = write_text(folder, name + ".toml", named->text, console);
  if (!written) return fail(console, written.error());
  if (named->card.empty()) return Exit::yes;
  auto card = card_file_of(named->text, named->file);
  written = write_text(folder, card.value_or(named->card_file), named->card, console);
  return written ? Exit::yes : fail(console, written.error());
}

Exit run_presets(const Arguments& arguments, Console& console) {
  if (arguments.has("NAME")) {
    return write_preset(arguments.one("NAME"), arguments.one_or("out", "."), console);
  }
  Tongue tongue(arguments.language());
  const Text worlds = {"worlds\n", "mondes\n"}, programmes = {"programmes\n", "programmes\n"};
  const Text none = {"life without any; every run has it", "la vie sans aucun ; chaque essai l'a"};
  console.out(tongue.say(worlds));
  for (const Preset& preset : built_in_worlds()) {
    ReadWorld read = read_world(preset.text, std::string{preset.id});
    if (!read.world) continue;
    console.out(fmt::format("  {} {}\n", left_aligned(std::string{preset.id}, 20),
                            tongue.say(read.world->title)));
  }
  console.out(tongue.say(programmes));
  console.out(fmt::format("  {} {}\n", left_aligned("no-programme", 20), tongue.say(none)));
  for (const Preset& preset : built_in_programmes()) {
    ReadSocietyProgramme read =
        read_society_programme(preset.text, std::string{preset.id}, preset.card, "");
    if (!read.programme) continue;
    console.out(fmt::format("  {} {}\n", left_aligned(std::string{preset.id}, 20),
                            tongue.say(read.programme->title)));
  }
  return Exit::yes;
}

Exit run_describe(const Arguments& arguments, Console& console) {
  NamedSociety named = load_society(arguments.one_or("WORLD", "town"), arguments.all("programme"),
                                    arguments.language(), console);
  if (!named.ready) return named.refused ? Exit::refused : Exit::bad_input;
  console.out(odd_text(*named.world, named.programmes, arguments.language()));
  return Exit::yes;
}

Exit run_measures(const Arguments& arguments, Console& console) {
  for (const HarmMeasure& measure : harm_measures()) {
    console.out(fmt::format("{} {}\n", left_aligned(std::string{measure.id}, 34),
                            measure.what.in(arguments.language())));
  }
  return Exit::yes;
}

}  // namespace

Command society_presets_command() {
  return {"society presets",
          "list the built-in worlds and programmes, or write one out to change it",
          "credence society presets city-points --out mine",
          {{"NAME", "", "the one to write out; without it, they are listed"},
           {"out", "DIR", "the folder to write to (.)"},
           lang_option()},
          run_presets};
}

Command society_describe_command() {
  return {"society describe",
          "describe a world and its rules by the seven elements of the ODD protocol",
          "credence society describe town --programme city-points",
          {{"WORLD", "", "a built-in world or a file (town)"},
           {"programme", "NAME", "a built-in programme or a file", false, true},
           lang_option()},
          run_describe};
}

Command society_measures_command() {
  return {"society measures",
          "list what is measured: harms and benefits with their ids",
          "credence society measures",
          {lang_option()},
          run_measures};
}

}  // namespace credence
