#include <credence/lab/society_files.h>
#include <credence/terminal/files.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace credence {

namespace {

namespace fs = std::filesystem;

const Preset* find_preset(std::span<const Preset> presets, std::string_view id) {
  auto found = std::ranges::find_if(presets, [&](const Preset& each) { return each.id == id; });
  return found == presets.end() ? nullptr : &*found;
}

// `--programme a town` takes the world for another programme; the message says so.
Error unknown_name(std::string_view what, const std::string& name,
                   std::span<const Preset> presets) {
  std::vector<std::string_view> known;
  std::string list;
  for (const Preset& preset : presets) {
    known.push_back(preset.id);
    list += fmt::format("{}{}", list.empty() ? "" : ", ", preset.id);
  }
  std::string near = nearest(name, std::span<const std::string_view>{known});
  if (what == "programme" && find_preset(built_in_worlds(), name) != nullptr) {
    return {"file.missing",
            fmt::format("`{}` is a world, not a programme", name),
            {},
            "name the world before the options"};
  }
  return {"file.missing",
          fmt::format("there is no file and no built-in {} `{}`", what, name),
          {},
          near.empty() ? fmt::format("built in are {}", list)
                       : fmt::format("did you mean `{}`?", near)};
}

Result<NamedText> from_file(const std::string& path) {
  auto text = read_text(path);
  if (!text) return text.error();
  return NamedText{.file = path, .text = std::move(*text), .card_file = "", .card = ""};
}

bool is_file(const std::string& name) {
  std::error_code ignored;
  return fs::is_regular_file(name, ignored);
}

// Prints every finding; whether one of them is an error.
bool tell(const Findings& findings, const std::string& text, Language language, Console& console) {
  for (const Finding& finding : findings) console.err(render(finding, text, language) + "\n");
  return has_errors(findings);
}

bool is_of_charter(const Finding& finding) {
  return finding.severity == Finding::Severity::error && finding.code.starts_with('A');
}

// REQUIRES: the world is there, if it can be used.
bool add_programme(NamedSociety& society, const std::string& name, Language language,
                   Console& console) {
  if (name == "no-programme") return true;  // every run has it: it is arm 0
  auto named = find_programme_text(name);
  if (!named) {
    fail(console, named.error());
    return false;
  }
  ReadSocietyProgramme read =
      read_society_programme(named->text, named->file, named->card, named->card_file);
  bool bad = tell(read.findings, named->text, language, console);
  bad = tell(read.card_findings, named->card, language, console) || bad;
  society.refused = society.refused || std::ranges::any_of(read.findings, is_of_charter);
  if (bad || !read.programme) return false;
  if (society.world) {
    Findings unfit = misfits(*society.world, *read.programme, named->file);
    if (tell(unfit, named->text, language, console)) return false;
  }
  std::string id = read.programme->id;
  bool twice = std::ranges::any_of(society.programmes,
                                   [&](const auto& earlier) { return earlier.id == id; });
  if (twice) {
    fail(console, {"society.twice",
                   fmt::format("two programmes have the id `{}`", id),
                   {},
                   "give each file an `id` of its own in [programme]"});
    return false;
  }
  society.programmes.push_back(std::move(*read.programme));
  return true;
}

}  // namespace

Result<NamedText> find_world_text(const std::string& name) {
  if (is_file(name)) return from_file(name);
  const Preset* preset = find_preset(built_in_worlds(), name);
  if (preset == nullptr) return unknown_name("world", name, built_in_worlds());
  return NamedText{
      .file = name + ".toml", .text = std::string{preset->text}, .card_file = "", .card = ""};
}

Result<NamedText> find_programme_text(const std::string& name) {
  if (!is_file(name)) {
    const Preset* preset = find_preset(built_in_programmes(), name);
    if (preset == nullptr) return unknown_name("programme", name, built_in_programmes());
    return NamedText{.file = name + ".toml",
                     .text = std::string{preset->text},
                     .card_file = name + ".card.toml",
                     .card = std::string{preset->card}};
  }
  auto named = from_file(name);
  if (!named) return named.error();
  if (auto card = card_file_of(named->text, name)) {
    named->card_file = (fs::path{name}.parent_path() / *card).string();
    auto text = read_text(named->card_file);
    if (!text) return text.error();
    named->card = std::move(*text);
  }
  return named;
}

NamedSociety load_society(const std::string& world, const std::vector<std::string>& programmes,
                          Language language, Console& console) {
  NamedSociety society;
  auto named = find_world_text(world);
  if (!named) {
    fail(console, named.error());
    return society;
  }
  ReadWorld read = read_world(named->text, named->file);
  bool ready = !tell(read.findings, named->text, language, console) && read.world.has_value();
  if (read.world) society.world = std::move(*read.world);
  for (const std::string& programme : programmes) {
    ready = add_programme(society, programme, language, console) && ready;
  }
  society.ready = ready;
  return society;
}

}  // namespace credence
