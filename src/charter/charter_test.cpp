#include <credence/charter/charter.h>
#include <credence/charter/person_name.h>
#include <doctest/doctest.h>

#include <set>
#include <vector>

using namespace credence;

TEST_CASE("charter: the 35 articles are there in order, whole and in both languages") {
  const Charter& charter = Charter::builtin();
  REQUIRE(charter.articles().size() == 35);
  int number = 0;
  for (const Article& article : charter.articles()) {
    ++number;
    CAPTURE(article.id);
    CHECK(article.id == (number < 10 ? "A0" : "A") + std::to_string(number));
    for (const Text* text : {&article.rule, &article.forbids, &article.evidence, &article.mend}) {
      CHECK(!text->en.empty());
      CHECK(!text->fr.empty());
      CHECK(text->en != text->fr);
    }
    std::set<std::string> packs;
    for (const Article::Law& law : article.law) {
      packs.insert(law.jurisdiction);
      CHECK(!law.cite.empty());
      // A flag is printed, never written into the cite itself.
      CHECK(law.cite.find("verify") == std::string::npos);
    }
    CHECK(packs == std::set<std::string>{"cn", "eu", "us"});
  }
  CHECK(charter.find("A36") == nullptr);
  CHECK(charter.find("a07") == nullptr);
}

TEST_CASE("charter: a law whose wording is unverified says so") {
  CHECK(to_text({"us", "15 USC 1681b", true}) ==
        "US: 15 USC 1681b (verify wording before quoting)");
  CHECK(to_text({"eu", "GDPR 9(1)", false}) == "EU: GDPR 9(1)");
}

TEST_CASE("charter: an article is explained whole in either language") {
  for (const Article& article : Charter::builtin().articles()) {
    for (Language language : {Language::en, Language::fr}) {
      std::string text = explain(article, language);
      CAPTURE(text);
      for (const std::string* part :
           {&article.id, &article.rule.in(language), &article.mend.in(language),
            &article.evidence.in(language), &article.good, &article.bad}) {
        CHECK(text.find(*part) != std::string::npos);
      }
      for (const Article::Law& law : article.law)
        CHECK(text.find(to_text(law)) != std::string::npos);
    }
  }
}

TEST_CASE("catalogue: what it refers to exists") {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  CHECK(catalogue.version == "credence-2026.1");
  for (const Signal& signal : catalogue.signals) {
    CAPTURE(signal.id);
    CHECK(!signal.classes.empty());
    for (const std::string& id : signal.classes) {
      REQUIRE(catalogue.find_class(id) != nullptr);
      CHECK(catalogue.find_class(id)->forbidden_by.empty());
    }
    for (const std::string& id : signal.contexts) {
      REQUIRE(catalogue.find_context(id) != nullptr);
      CHECK(!catalogue.find_context(id)->never);
    }
    // No signal may break the rules on names that a feature must obey.
    CHECK(catalogue.betrayed_by(signal.id).empty());
  }
  for (const ListedConsequence& listed : catalogue.listed) {
    for (const std::string& id : listed.contexts) CHECK(catalogue.find_context(id) != nullptr);
  }
  for (const SignalClass& entry : catalogue.classes) {
    if (!entry.forbidden_by.empty()) CHECK(Charter::builtin().find(entry.forbidden_by) != nullptr);
  }
  for (const NameRule& rule : catalogue.names)
    CHECK(Charter::builtin().find(rule.article) != nullptr);
}

TEST_CASE("catalogue: an identifier stands in it once") {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  auto once = [](const auto& entries) {
    std::set<std::string> seen;
    for (const auto& entry : entries) {
      CAPTURE(entry.id);
      CHECK(seen.insert(entry.id).second);
    }
  };
  once(catalogue.classes);
  once(catalogue.signals);
  once(catalogue.source_kinds);
  once(catalogue.contexts);
  once(catalogue.listed);
  once(catalogue.names);
}

TEST_CASE("names: a name is cut into words, accents folded") {
  using Words = std::vector<std::string>;
  CHECK(words_of("firstName") == Words{"first", "name"});
  CHECK(words_of("GPSLatitude_2") == Words{"gps", "latitude"});
  CHECK(words_of("Prénom-de-l'Élève") == Words{"prenom", "de", "l", "eleve"});
  CHECK(words_of("cœur") == Words{"coeur"});
  CHECK(words_of("e\xcc\x81t\xcc") == Words{"et"});
  CHECK(words_of("\xef\xbd\x87\xef\xbd\x90\xef\xbd\x93") == Words{"gps"});
  CHECK(words_of("").empty());
  CHECK(words_of("42 _ \xff\xc3").empty());
}

TEST_CASE("names: a forbidden word is found however it is written, and a longer word is spared") {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  auto articles = [&](std::string_view name) {
    std::set<std::string> found;
    for (const NameRule* rule : catalogue.betrayed_by(name)) found.insert(rule->article);
    return found;
  };
  using Set = std::set<std::string>;
  for (auto name : {"gps", "lastGps", "home_latitude", "wi-fi", "ssids"}) {
    CAPTURE(name);
    CHECK(articles(name) == Set{"A02"});
  }
  for (auto name : {"first_name", "firstName", "firstname", "first-names", "prénom"}) {
    CAPTURE(name);
    CHECK(articles(name) == Set{"A03"});
  }
  for (auto name :
       {"surface", "interface_fee", "amount", "due_back", "third_party_inquiries", "contactless",
        "items_returned", "healthy", "racecourse", "units", "late_bills_12m", "revenu"}) {
    CAPTURE(name);
    CHECK(articles(name).empty());
  }
}

TEST_CASE("names: the columns of public credit data that speak of a person are found") {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  for (auto [name, rule] : std::initializer_list<std::pair<const char*, const char*>>{
           {"MARRIAGE", "marital-status"},
           {"marital status", "marital-status"},
           {"Statut_marital", "marital-status"},
           {"veuf", "marital-status"},
           {"EDUCATION", "school"},
           {"education_level", "school"},
           {"years-of-education", "school"},
           {"niveau d'études", "school"},
           {"graduate school", "school"},
           {"foreign_worker", "special-data"},
           {"main-d'œuvre étrangère", "special-data"},
           {"nationality", "nationality"},
           {"titre de séjour", "nationality"}}) {
    CAPTURE(name);
    bool found = false;
    for (const NameRule* one : catalogue.betrayed_by(name)) found = found || one->id == rule;
    CHECK(found);
  }
  for (auto name :
       {"foreign_currency_share", "graduated_repayment", "civil_servant_pension", "single_payment",
        "purpose: education", "loan_purpose educational", "study_of_balance", "merger"}) {
    CAPTURE(name);
    CHECK(catalogue.betrayed_by(name).empty());
  }
}

TEST_CASE("names: a word is found whatever it is cut into, and with digits for its letters") {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  for (auto name : {"r_e_l_i_g_i_o_n", "re-li-gi-on", "rel1gion", "R3LIGION", "g3nder", "g.p.s",
                    "heal7h_status", "a1cohol", "sk1n_colour"}) {
    CAPTURE(name);
    CHECK(!catalogue.betrayed_by(name).empty());
  }
  for (auto name : {"late_bills_12m", "share_6m", "account_age", "h2_balance", "level3data", "b2b",
                    "payment_1_of_3", "direction", "balance", "household_payments_12m"}) {
    CAPTURE(name);
    CHECK(catalogue.betrayed_by(name).empty());
  }
}

TEST_CASE(
    "names: what betrays health, belief, origin, kin, shops, places, crime or age is refused") {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  struct Row {
    const char* article;
    std::vector<const char*> names;
  };
  const Row rows[] = {
      {"A02", {"parking_fee", "toll", "place", "lieu", "street"}},
      {"A03",
       {"hospital_bill", "doctor",   "medecin",      "m\u00e9decin", "depression",  "deaf",
        "sick_leave",    "dentist",  "insulin",      "religieux",    "muslim",      "jewish",
        "juif",          "halal",    "hijab",        "ramadan",      "skin_colour", "immigrant",
        "refugee",       "etranger", "black_person", "femme",        "town",        "commune",
        "arrest",        "prison",   "age",          "birth_year",   "surname"}},
      {"A04",
       {"husband", "wife", "mari", "parents", "children", "enfants", "peers", "colleagues",
        "guarantor", "garant", "facebook", "instagram_followers"}},
      {"A06",
       {"payee", "seller", "shop_name", "enseigne", "alcohol", "gambling", "casino", "mcc",
        "merchant_code", "merchant_category"}},
  };
  for (const Row& row : rows) {
    for (const char* name : row.names) {
      CAPTURE(name);
      std::set<std::string> articles;
      for (const NameRule* rule : catalogue.betrayed_by(name)) articles.insert(rule->article);
      CHECK(articles.contains(row.article));
    }
  }
}

TEST_CASE("uses: a never context is known by the words of everyday") {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  for (auto name : {"council-flat", "apartment", "bus-pass", "metro", "plane ticket", "visa",
                    "border", "kindergarten", "unemployment", "wifi", "police", "worker-screening",
                    "tenant-screening", "employee", "a m\u00e9tro card"}) {
    CAPTURE(name);
    CHECK(catalogue.never_context(name) != nullptr);
  }
  for (auto name : {"no-deposit", "Partner shops", "corner-shop", "bike-shop", "instalment-loan",
                    "pay-on-return", "Le magasin du coin", "tool library"}) {
    CAPTURE(name);
    CHECK(catalogue.never_context(name) == nullptr);
  }
}

TEST_CASE("uses: a purpose is compared by its words") {
  const Catalogue& catalogue = Charter::builtin().catalogue();
  for (auto purpose : {"general", "general score", "General_Score", "social-control",
                       "citizen-rating", "rating-of-citizens", "score", "any-purpose",
                       "cr\u00e9dit social", "screening", "s0cial-control", "hire"}) {
    CAPTURE(purpose);
    CHECK(catalogue.is_general_purpose(purpose));
  }
  for (auto purpose :
       {"deposit-waiver", "instalment-loan", "bike-hire", "pay-later", "tool-sharing"}) {
    CAPTURE(purpose);
    CHECK(!catalogue.is_general_purpose(purpose));
  }
}

TEST_CASE("names: a person is the same however the name is written, and a digit tells two apart") {
  CHECK(same_person("L. Petit", "l petit "));
  CHECK(same_person("Petit, L.", "L. Petit"));
  CHECK(same_person("\u0160im\u016fnek", "simunek"));
  CHECK(same_person("\u0418\u0432\u0430\u043d", "\u0438\u0432\u0430\u043d"));
  CHECK(same_person("P000002", "p-000002 "));
  CHECK(!same_person("P000002", "P000003"));
  CHECK(!same_person("\u674e\u5a1c", "\u738b\u82b3"));
  CHECK(names_a_person("L. Petit"));
  CHECK(names_a_person("\u738b\u82b3"));
  CHECK(names_a_person("Robin Clock"));
  for (const char* nobody :
       {"", " ", "...", "42", "Programme", "L'op\u00e9rateur", "the machine"}) {
    CAPTURE(nobody);
    CHECK(!names_a_person(nobody));
  }
}

TEST_CASE("cadence: a rhythm is a number and a unit") {
  CHECK(parse_cadence("1 hour") == 3600);
  CHECK(parse_cadence("30 minutes") == 1800);
  CHECK(parse_cadence("1 day") == 86400);
  for (auto bad :
       {"", "1", "hour", "0 hours", "1  hour", "-1 hour", "9999999 days", "1 month", "1 hourss"}) {
    CAPTURE(bad);
    CHECK(!parse_cadence(bad));
  }
}
