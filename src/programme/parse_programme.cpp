#include <credence/programme/keys.h>
#include <credence/programme/message.h>
#include <credence/programme/parts.h>
#include <credence/programme/shape.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

constexpr std::size_t kLongestFile = 512 * 1024;

Finding file_finding(const Error& error, std::string_view code) {
  Finding finding;
  finding.code = code;
  finding.where = error.where;
  finding.message = {"this is not TOML: " + error.message,
                     "ce n'est pas du TOML : " + error.message};
  finding.help = {error.help, "voir https://toml.io/fr/v1.0.0 pour le format de ce fichier"};
  return finding;
}

Finding too_long(const std::string& file) {
  Finding finding;
  finding.code = "P026";
  finding.where = {file, 1, 1, 1};
  finding.message = {"the file is longer than 512 KiB", "le fichier dépasse 512 Kio"};
  finding.help = {"a programme that people can read is far shorter",
                  "un programme lisible est bien plus court"};
  return finding;
}

Finding no_lawful_part(const TomlNode& document) {
  Finding finding;
  finding.code = "P028";
  finding.path = "programme";
  const TomlNode* header = document.find("programme");
  finding.where = header != nullptr ? header->where() : document.where();
  finding.message = {"the file has no lawful part: it holds [society.*] sections alone",
                     "le fichier n'a pas de partie licite : il n'a que des sections [society.*]"};
  finding.help = {
      "`credence society run` runs it on people who do not exist; a programme for real people says "
      "its sources, events, features and score, and has no [society.*] section",
      "`credence society run` la fait tourner sur des personnes qui n'existent pas ; un programme "
      "pour de vraies personnes dit ses sources, événements, caractéristiques et score, sans "
      "section [society.*]"};
  return finding;
}

// The document checked against its keys; nothing when it is no TOML or too long.
std::optional<TomlNode> read_document(std::string_view text, const std::string& file,
                                      std::span<const TableKeys> keys, Findings& findings) {
  if (text.size() > kLongestFile) {
    findings.push_back(too_long(file));
    return std::nullopt;
  }
  auto document = parse_toml(text, file);
  if (!document) {
    findings.push_back(file_finding(document.error(), "P001"));
    return std::nullopt;
  }
  if (is_for_society_alone(*document)) {
    findings.push_back(no_lawful_part(*document));
    return std::nullopt;
  }
  check_shape(*document, {"P", keys}, findings);
  return *std::move(document);
}

void close_findings(Findings& findings, const std::string& file) {
  sort_by_place(findings);
  if (findings.size() < kMaxFindings) return;
  Finding finding;
  finding.code = "P027";
  finding.where = {file, 1, 1, 1};
  finding.message = {"there are more findings than the 1000 shown", "il y a plus de 1000 constats"};
  finding.help = {"mend these first", "corrigez d'abord ceux-ci"};
  findings.push_back(std::move(finding));
}

}  // namespace

bool is_for_society_alone(const TomlNode& document) {
  const TomlNode* society = document.find("society");
  if (society == nullptr || society->table() == nullptr || society->table()->empty()) return false;
  return std::ranges::all_of(*document.table(), [](const TomlNode::Member& member) {
    return member.key == "society" || member.key == "programme";
  });
}

ParsedProgramme parse_programme(std::string_view text, const std::string& file) {
  ParsedProgramme parsed;
  auto document = read_document(text, file, programme_keys(), parsed.findings);
  if (!document) return parsed;
  Programme programme;
  programme.file = file;
  programme.text = text;
  TableReader root{&*document, "", parsed.findings};
  read_header(root, programme);
  read_sources(root, programme);
  read_events(root, programme);
  read_features(root, programme);
  read_score(root, programme);
  read_tiers(root, programme);
  read_benefits(root, programme);
  read_consequences(root, programme);
  read_recipients(root, programme);
  read_consents(root, programme);
  read_rights(root, programme);
  programme.maps = read_maps(root, programme);
  close_findings(parsed.findings, file);
  if (has_errors(parsed.findings)) return parsed;
  programme.document = *std::move(document);
  parsed.programme = std::move(programme);
  return parsed;
}

ParsedMaps parse_maps(std::string_view text, const std::string& file, const Programme& programme) {
  ParsedMaps parsed;
  auto document = read_document(text, file, map_keys(), parsed.findings);
  if (!document) return parsed;
  parsed.maps = read_maps(TableReader{&*document, "", parsed.findings}, programme);
  close_findings(parsed.findings, file);
  if (has_errors(parsed.findings)) parsed.maps.clear();
  return parsed;
}

}  // namespace credence
