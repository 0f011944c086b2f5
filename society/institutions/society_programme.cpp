#include <credence/institutions/life_events.h>
#include <credence/institutions/society_programme.h>
#include <credence/institutions/society_sections.h>
#include <credence/programme/shape.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace credence {

namespace {

constexpr std::size_t kLongestSocietyFile = 512 * 1024;

Finding about_file(std::string_view code, const std::string& file, Text message, Text help) {
  Finding finding;
  finding.code = code;
  finding.where = {file, 1, 1, 1};
  finding.message = std::move(message);
  finding.help = std::move(help);
  return finding;
}

// The document, or nothing with a finding.
std::optional<TomlNode> read_file_text(std::string_view text, const std::string& file,
                                       Findings& findings) {
  if (text.size() > kLongestSocietyFile) {
    findings.push_back(
        about_file("S126", file, {"the file is longer than 512 KiB", "le fichier dépasse 512 Kio"},
                   {"a programme is a few pages of text", "un programme tient en quelques pages"}));
    return std::nullopt;
  }
  auto document = parse_toml(text, file);
  if (document) return *std::move(document);
  Finding finding = about_file("S101", file,
                               {"this is not TOML: " + document.error().message,
                                "ce n'est pas du TOML : " + document.error().message},
                               {document.error().help, "voir https://toml.io/fr/v1.0.0"});
  finding.where = document.error().where;
  findings.push_back(std::move(finding));
  return std::nullopt;
}

// What the charter or the format has against the lawful part, with what to do about it.
void add_refusal(const TomlNode& document, Findings& findings) {
  Finding finding;
  finding.code = "S137";
  finding.path = "programme";
  const TomlNode* header = document.find("programme");
  finding.where = header ? header->where() : document.where();
  finding.message = {
      "the society does not run this programme: its lawful part is not admitted",
      "la société ne fait pas tourner ce programme : sa partie licite n'est pas admise"};
  finding.why = {
      "everything outside [society.*] runs in the same engine as for real people",
      "tout ce qui est hors de [society.*] tourne dans le même moteur que pour de vraies "
      "personnes"};
  finding.help = {
      "mend the findings of the charter and of the card; say what is beyond the charter in "
      "[society.*] sections, or take every [[source]] out",
      "corrigez les constats de la charte et de la grille ; dites ce qui dépasse la charte dans "
      "des sections [society.*], ou supprimez tous les [[source]]"};
  findings.push_back(std::move(finding));
}

// A feature of events that nobody has is no error: it answers as for people without records.
void warn_of_silent_events(const Programme& programme, Findings& findings) {
  std::vector<std::string> silent = events_no_life_emits(programme);
  for (std::size_t i = 0; i < programme.events.size(); ++i) {
    const std::string& type = programme.events[i].id;
    if (std::find(silent.begin(), silent.end(), type) == silent.end()) continue;
    Finding finding;
    finding.code = "S138";
    finding.severity = Finding::Severity::warning;
    finding.path = fmt::format("event[{}]", i);
    finding.where = programme.where(finding.path);
    finding.message = {fmt::format("nobody in the society has records of `{}`", type),
                       fmt::format("personne dans la société n'a de données `{}`", type)};
    finding.help = {
        "its features answer as for people without records; lives make `bill`, `income`, "
        "`overdraft`, `rental` and `instalment` with the fields that the format tells",
        "ses caractéristiques répondent comme pour des personnes sans données ; les vies "
        "produisent "
        "`bill`, `income`, `overdraft`, `rental` et `instalment` avec les champs du format"};
    findings.push_back(std::move(finding));
  }
}

void run_lawful_part(const TomlNode& document, const std::string& card_file,
                     SocietyProgramme& programme, const std::string& file,
                     ReadSocietyProgramme& read) {
  MadeEngine made =
      make_engine(lawful_part(programme.text, file), file, programme.card_text, card_file, 0);
  std::ranges::move(made.programme_findings, std::back_inserter(read.findings));
  read.card_findings = std::move(made.card_findings);
  programme.engine = std::move(made.engine);
  if (!programme.engine) return add_refusal(document, read.findings);
  warn_of_silent_events(*programme.engine->programme(), read.findings);
}

PointsReach reach_of(const SocietyProgramme& programme, LawfulPart lawful) {
  const std::optional<PointsConstruct>& points = programme.constructs.points;
  if (points) return {true, points->lowest, points->highest};
  if (lawful == LawfulPart::absent) return {};
  // Where the lawful part cannot be read, nothing is held against a scale that nobody knows.
  if (!programme.engine) return {true, -30'001, 30'001};
  const Programme& run = *programme.engine->programme();
  return {true, run.lowest, run.highest};
}

// Every run has life without any programme beside it, under a name of its own.
void keep_name_free(const TomlNode& id, Findings& findings) {
  if (*id.string() != no_programme().id) return;
  Finding finding;
  finding.code = "S106";
  finding.path = "programme.id";
  finding.where = id.where();
  finding.message = {"`no-programme` is the name of life without any",
                     "`no-programme` est le nom de la vie sans aucun programme"};
  finding.help = {"give the programme a name of its own", "donnez au programme un nom à lui"};
  findings.push_back(std::move(finding));
}

void read_name(const TomlNode& document, SocietyProgramme& programme, Findings& findings) {
  const TomlNode* header = document.find("programme");
  if (header == nullptr) return;
  if (const TomlNode* id = header->find("id"); id != nullptr && id->string() != nullptr) {
    programme.id = *id->string();
    keep_name_free(*id, findings);
  }
  const TomlNode* title = header->find("title");
  if (title == nullptr) return;
  const TomlNode* en = title->find("en");
  const TomlNode* fr = title->find("fr");
  if (en != nullptr && en->string() != nullptr) programme.title.en = *en->string();
  if (fr != nullptr && fr->string() != nullptr) programme.title.fr = *fr->string();
}

void close(ReadSocietyProgramme& read, const std::string& file) {
  sort_by_place(read.findings);
  if (read.findings.size() < kMaxFindings) return;
  read.findings.resize(kMaxFindings);
  read.findings.push_back(about_file(
      "S127", file, {"there are more findings than the 1000 shown", "il y a plus de 1000 constats"},
      {"mend these first", "corrigez d'abord ceux-ci"}));
}

}  // namespace

std::string_view name_of(CountedDeed deed) {
  static constexpr std::string_view kNames[kCountedDeeds] = {
      "late-bill",      "unpaid-bill",  "default-on-loan", "lost-rental",
      "settled-rental", "offence",      "camera-offence",  "criticism",
      "praise",         "volunteering", "gaming"};
  return kNames[static_cast<std::size_t>(deed)];
}

ReadSocietyProgramme read_society_programme(std::string_view text, const std::string& file,
                                            std::string_view card_text,
                                            const std::string& card_file) {
  ReadSocietyProgramme read;
  auto document = read_file_text(text, file, read.findings);
  if (!document) return read;
  SocietyProgramme programme;
  programme.text = text;
  programme.card_text = card_text;
  read_name(*document, programme, read.findings);
  LawfulPart lawful = has_lawful_part(*document) ? LawfulPart::there : LawfulPart::absent;
  programme.constructs = read_sections(*document, lawful, read.findings);
  bool well_formed = !has_errors(read.findings);
  if (lawful == LawfulPart::there) {
    run_lawful_part(*document, card_file, programme, file, read);
  } else {
    programme.card_text.clear();
  }
  if (well_formed) {
    find_contradictions(*document, programme.constructs, reach_of(programme, lawful), lawful,
                        read.findings);
  }
  close(read, file);
  if (!has_errors(read.findings) && !has_errors(read.card_findings)) {
    read.programme = std::move(programme);
  }
  return read;
}

SocietyProgramme no_programme() {
  SocietyProgramme programme;
  programme.id = "no-programme";
  programme.title = {"Life without any programme", "La vie sans aucun programme"};
  programme.constructs.enrolment.share = 0;
  programme.constructs.awareness.share = 0;
  programme.constructs.record.share = 0;
  return programme;
}

}  // namespace credence
