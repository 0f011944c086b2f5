#include <credence/base/expects.h>
#include <credence/lab/lab_commands.h>
#include <credence/lab/result_folder.h>
#include <credence/lab/society_files.h>
#include <credence/report/report.h>
#include <credence/terminal/bars.h>
#include <credence/terminal/files.h>
#include <credence/terminal/tongue.h>
#include <credence/worlds/harm.h>
#include <fmt/format.h>

#include <filesystem>

namespace credence {

namespace {

// What was written out is changed by hand, so it is never written over.
std::optional<Error> cannot_write(const std::string& path) {
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown)) return std::nullopt;
  return Error{"file.exists",
               "there is such a file already",
               {path},
               "take it away first, or give another folder with --out"};
}

const Preset* find_built_in(std::string_view name) {
  for (std::span<const Preset> presets : {built_in_worlds(), built_in_programmes()}) {
    for (const Preset& preset : presets) {
      if (preset.id == name) return &preset;
    }
  }
  return nullptr;
}

Error no_such_preset(const std::string& name) {
  std::vector<std::string_view> known;
  for (const Preset& preset : built_in_worlds()) known.push_back(preset.id);
  for (const Preset& preset : built_in_programmes()) known.push_back(preset.id);
  std::string near = nearest(name, std::span<const std::string_view>{known});
  std::string help = near.empty() ? "`credence society presets` lists them"
                                  : fmt::format("did you mean `{}`?", near);
  if (name == "no-programme") help = "it is life without any, and has no file";
  return {"society.preset", fmt::format("there is no built-in `{}` to write out", name), {}, help};
}

Exit write_preset(const std::string& name, const std::string& folder, Console& console) {
  const Preset* preset = find_built_in(name);
  if (preset == nullptr) return fail(console, no_such_preset(name));
  std::vector<std::pair<std::string, std::string_view>> files{
      {fmt::format("{}/{}.toml", folder, name), preset->text}};
  if (!preset->card.empty()) {
    auto card = card_file_of(preset->text, name + ".toml");
    expects(card.has_value(), "a built-in programme with a card names it");
    files.emplace_back(fmt::format("{}/{}", folder, *card), preset->card);
  }
  for (const auto& [path, text] : files) {
    if (auto error = cannot_write(path)) return fail(console, *error);
  }
  if (auto made = open_result_folder(folder); !made) return fail(console, made.error());
  for (const auto& [path, text] : files) {
    if (auto written = write_file(path, text); !written) return fail(console, written.error());
    console.out(path + "\n");
  }
  return Exit::yes;
}

void list_presets(Console& console, const Tongue& tongue) {
  const Text worlds = {"worlds\n", "mondes\n"}, programmes = {"programmes\n", "programmes\n"};
  const Text none = {"life without any; every run has it", "la vie sans aucun ; chaque essai l'a"};
  auto line = [&](std::string_view id, const Text& title) {
    console.out(fmt::format("  {} {}\n", left_aligned(std::string{id}, 20), tongue.say(title)));
  };
  console.out(tongue.say(worlds));
  for (const Preset& preset : built_in_worlds()) {
    ReadWorld read = read_world(preset.text, std::string{preset.id});
    expects(read.world.has_value(), "a built-in world can be read");
    line(preset.id, read.world->title);
  }
  console.out(tongue.say(programmes));
  line("no-programme", none);
  for (const Preset& preset : built_in_programmes()) {
    ReadSocietyProgramme read =
        read_society_programme(preset.text, std::string{preset.id}, preset.card, "");
    expects(read.programme.has_value(), "a built-in programme can be read");
    line(preset.id, read.programme->title);
  }
}

Exit run_presets(const Arguments& arguments, Console& console) {
  if (arguments.has("NAME")) {
    return write_preset(arguments.one("NAME"), arguments.one_or("out", "."), console);
  }
  list_presets(console, Tongue(arguments.language()));
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
