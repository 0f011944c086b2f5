#include <credence/cli/loading.h>
#include <credence/terminal/files.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace credence {

namespace {

Finding to_finding(const Error& error, std::string path) {
  Finding finding;
  finding.code = error.code;
  finding.path = std::move(path);
  finding.where = error.where;
  finding.message = {error.message, error.message};
  finding.help = {error.help, error.help};
  return finding;
}

void add(Findings& to, Findings from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Parses and admits the programme; the card needs a lawful one to be read against.
void judge_text(LoadedProgramme& loaded) {
  ParsedProgramme parsed = parse_programme(loaded.text, loaded.file);
  add(loaded.findings, std::move(parsed.findings));
  if (!parsed.programme) {
    // The articles too, so that an author sees every finding of the file in one run.
    auto document = parse_toml(loaded.text, loaded.file);
    if (document) add(loaded.findings, judge(*document, Charter::builtin()));
    return;
  }
  Admission admission = admit(*std::move(parsed.programme), Charter::builtin());
  add(loaded.findings, std::move(admission.findings));
  loaded.lawful = std::move(admission.lawful);
}

void judge_card(LoadedProgramme& loaded) {
  if (!loaded.lawful) return;
  ReadCard read = read_card(loaded.card_text, loaded.card_file, *loaded.lawful);
  add(loaded.findings, std::move(read.findings));
  loaded.card = std::move(read.card);
}

std::string summary(const Findings& findings, Language language) {
  auto errors = std::count_if(findings.begin(), findings.end(), [](const Finding& f) {
    return f.severity == Finding::Severity::error;
  });
  auto warnings = static_cast<std::ptrdiff_t>(findings.size()) - errors;
  bool french = language == Language::fr;
  std::string_view verdict = errors == 0            ? (french ? "admis" : "admitted")
                             : is_refused(findings) ? (french ? "refusé" : "refused")
                                                    : (french ? "illisible" : "unreadable");
  return french ? fmt::format("{} : {} erreur(s), {} avertissement(s)\n", verdict, errors, warnings)
                : fmt::format("{}: {} error(s), {} warning(s)\n", verdict, errors, warnings);
}

}  // namespace

LoadedProgramme judge_programme(std::string file, std::string text, std::string card_file,
                                std::string card_text) {
  LoadedProgramme loaded;
  loaded.file = std::move(file);
  loaded.text = std::move(text);
  loaded.card_file = std::move(card_file);
  loaded.card_text = std::move(card_text);
  judge_text(loaded);
  judge_card(loaded);
  return loaded;
}

Result<LoadedProgramme> load_programme_alone(const std::string& path) {
  LoadedProgramme loaded;
  loaded.file = path;
  auto text = read_text(path);
  if (!text) return text.error();
  loaded.text = *std::move(text);
  judge_text(loaded);
  return loaded;
}

Result<LoadedProgramme> load_programme(const std::string& path) {
  auto alone = load_programme_alone(path);
  if (!alone || !alone->lawful) return alone;
  LoadedProgramme loaded = *std::move(alone);
  const std::string& card_name = (*loaded.lawful)->card_file;
  loaded.card_file = (std::filesystem::path(path).parent_path() / card_name).string();
  auto card_text = read_text(loaded.card_file);
  if (!card_text) {
    Error error = card_text.error();
    error.where = (*loaded.lawful)->where("score.card");
    error.message = fmt::format("the card `{}` cannot be read: {}", card_name, error.message);
    loaded.findings.push_back(to_finding(error, "score.card"));
    return loaded;
  }
  loaded.card_text = *std::move(card_text);
  judge_card(loaded);
  return loaded;
}

bool is_refused(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& f) {
    return f.severity == Finding::Severity::error && f.code.starts_with('A');
  });
}

std::string render_findings(const LoadedProgramme& loaded, Language language) {
  std::string out;
  for (const Finding& finding : loaded.findings) {
    out += render(finding, loaded.source_of(finding), language) + "\n";
  }
  return out + summary(loaded.findings, language);
}

}  // namespace credence
