#include <credence/notice/page.h>
#include <fmt/format.h>

#include <array>

namespace credence {

namespace {

const Text& name_in_letters(FactKind kind) {
  static const std::array<Text, 16> names{{
      {"rules published", "règles publiées"},
      {"enrolments", "inscriptions"},
      {"consents given", "accords donnés"},
      {"consents taken back", "accords retirés"},
      {"records", "données"},
      {"scores", "scores"},
      {"decisions", "décisions"},
      {"answers given to others", "réponses données à d'autres"},
      {"objections", "contestations"},
      {"answers to objections", "réponses aux contestations"},
      {"corrections", "corrections"},
      {"erasures", "effacements"},
      {"looks into your file by staff", "consultations de votre dossier par le personnel"},
      {"stops of the programme", "arrêts du programme"},
      {"letters", "lettres"},
      {"changes of keys", "changements de clés"},
  }};
  return names.at(static_cast<std::size_t>(kind) - 1);
}

void write_recipients(Page& page, const AccessCover& cover) {
  page.heading({"Who received an answer about you", "Qui a reçu une réponse à votre sujet"});
  if (cover.recipients.empty()) {
    page.paragraph({"Nobody.", "Personne."});
    return;
  }
  std::vector<Text> recipients;
  for (const std::string& recipient : cover.recipients) recipients.push_back(same(recipient));
  page.items(recipients);
}

}  // namespace

std::string write(const AccessCover& cover, const LawfulProgramme& programme, Language language,
                  LetterFormat format) {
  Page page{language, {"Everything we hold about you", "Tout ce que nous détenons sur vous"}};
  write_particulars(page, *programme, cover.subject, cover.date, {});
  page.heading({"What is in it", "Ce qu'il contient"});
  LetterTable contents{.caption = page.say({"Contents of your file", "Contenu de votre dossier"}),
                       .columns = {{.name = page.say({"Kind", "Nature"})},
                                   {.name = page.say({"Number", "Nombre"}), .number = true}},
                       .rows = {},
                       .last_is_sum = false};
  for (const AccessCover::Count& count : cover.contents) {
    contents.rows.push_back({page.say(name_in_letters(count.kind)), std::to_string(count.facts)});
  }
  page.add(std::move(contents));
  write_recipients(page, cover);
  page.heading({"The files", "Les fichiers"});
  std::vector<Text> files;
  for (const std::string& file : cover.files) files.push_back(same(file));
  page.items(files);
  page.paragraph(
      {"The files can be checked without us: each record comes with a proof that it stands in the "
       "log and was not changed, and each score can be computed again.",
       "Les fichiers se vérifient sans nous : chaque donnée porte une preuve qu'elle figure au "
       "journal et n'a pas été modifiée, et chaque score peut être recalculé."});
  write_contest(page, programme, cover.date);
  write_law(page, *programme, nullptr);
  return page.set(format);
}

Json::Object notice_payload(std::string_view letter, Language language, LetterFormat format,
                            std::string_view bytes, std::optional<std::uint64_t> decision_fact) {
  Json::Object payload{{"v", 1},
                       {"letter", letter},
                       {"language", language == Language::fr ? "fr" : "en"},
                       {"format", format == LetterFormat::html ? "html" : "text"},
                       {"hash", to_hex(sha256(bytes))}};
  if (decision_fact) payload["decision"] = *decision_fact;
  return payload;
}

}  // namespace credence
