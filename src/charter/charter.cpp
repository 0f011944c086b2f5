#include <credence/base/expects.h>
#include <credence/charter/charter.h>
#include <credence/charter/embedded.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

Article load_article(const TomlNode& row) {
  Article article;
  article.id = embedded_string(row, "id");
  article.rule = embedded_text(row, "rule");
  article.forbids = embedded_text(row, "forbids");
  for (const TomlNode& law : embedded_list(row, "law")) {
    article.law.push_back(
        {embedded_string(law, "pack"), embedded_string(law, "cite"), embedded_flag(law, "verify")});
  }
  article.evidence = embedded_text(row, "evidence");
  article.mend = embedded_text(row, "mend");
  article.good = embedded_string(row, "good");
  article.bad = embedded_string(row, "bad");
  return article;
}

SocietySection load_section(const TomlNode& row) {
  SocietySection section;
  section.id = embedded_string(row, "id");
  section.articles = embedded_strings(row, "articles");
  section.key = embedded_optional(row, "key");
  if (const TomlNode* is = row.find("is")) section.is = *is;
  section.what = embedded_text(row, "what");
  return section;
}

std::string pack_name(const std::string& jurisdiction) {
  std::string name = jurisdiction;
  for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

}  // namespace

std::string to_text(const Article::Law& law) {
  return fmt::format("{}: {}{}", pack_name(law.jurisdiction), law.cite,
                     law.verify ? " (verify wording before quoting)" : "");
}

std::string explain(const Article& article, Language language) {
  bool french = language == Language::fr;
  std::string out = fmt::format("{}  {}\n\n", article.id, article.rule.in(language));
  out += fmt::format("{}\n  {}\n", french ? "Dans le fichier" : "In the file",
                     article.forbids.in(language));
  out += french ? "\nDroit\n" : "\nLaw\n";
  for (const Article::Law& law : article.law) out += fmt::format("  {}\n", to_text(law));
  auto part = [&](std::string_view en, std::string_view fr, const std::string& text) {
    out += fmt::format("\n{}\n  {}\n", french ? fr : en, text);
  };
  part("Evidence", "Preuve", article.evidence.in(language));
  part("How to mend", "Comment corriger", article.mend.in(language));
  part("Admitted", "Admis", article.good);
  part("Refused", "Refusé", article.bad);
  return out;
}

const Charter& Charter::builtin() {
  static const Charter charter = [] {
    Charter loaded;
    TomlNode articles = embedded_document(charter_articles, "charter/articles.toml");
    loaded.version_ = embedded_string(articles, "version");
    for (const TomlNode& row : embedded_list(articles, "article")) {
      loaded.articles_.push_back(load_article(row));
    }
    loaded.catalogue_ =
        load_catalogue(embedded_document(charter_catalogue, "charter/catalogue.toml"));
    loaded.requirements_ =
        load_requirements(embedded_document(charter_requirements, "charter/requirements.toml"));
    TomlNode society = embedded_document(charter_society, "charter/society.toml");
    for (const TomlNode& row : embedded_list(society, "section")) {
      loaded.society_.push_back(load_section(row));
    }
    return loaded;
  }();
  return charter;
}

const Article* Charter::find(std::string_view id) const {
  auto found = std::find_if(articles_.begin(), articles_.end(),
                            [&](const Article& a) { return a.id == id; });
  return found == articles_.end() ? nullptr : &*found;
}

}  // namespace credence
