#include <credence/score/label.h>
#include <credence/score/sample_card_test.h>
#include <doctest/doctest.h>

namespace credence {

namespace {

Programme only(std::vector<std::string> ids) {
  Programme programme = sample::programme();
  std::vector<Feature> kept;
  for (const std::string& id : ids) {
    kept.push_back(programme.features[static_cast<std::size_t>(programme.find_feature(id))]);
  }
  programme.features = kept;
  return programme;
}

std::string card_of(std::string_view lines) {
  return fmt::format("base = 600\n{}", lines);
}

std::string line_of(std::string_view id, std::string_view rest) {
  return fmt::format("[[feature]]\nid = \"{}\"\n{}\n", id, rest);
}

// A card with one sound line, but for what is replaced.
std::string late(std::string_view rest) {
  return card_of(line_of("late_bills_12m", rest));
}

ReadCard read_late(std::string_view rest) {
  return read_card(late(rest), "card.toml", only({"late_bills_12m"}));
}

// The one finding of a card, as "CODE path".
std::string only_finding(const ReadCard& read) {
  if (read.findings.size() != 1) return fmt::format("{} findings", read.findings.size());
  return read.findings[0].code + " " + read.findings[0].path;
}

}  // namespace

TEST_CASE("card: a sound card is read with its points, thresholds and labels") {
  ReadCard read = read_late(
      "none = 5\nbins = [{ below = 1, points = 60 }, { below = 3, points = 0 }, { points = -90 }]");
  REQUIRE(read.card);
  CHECK(read.findings.empty());
  const Card::Line& line = read.card->lines().at(0);
  CHECK(read.card->base() == 600);
  CHECK(read.card->id() == "sample");
  CHECK(line.none == 5);
  CHECK(line.bins.size() == 3);
  CHECK(line.bins[1].below == 3);
  CHECK(line.lowest() == -90);
  CHECK(line.highest() == 60);
  CHECK(read.card->lowest() == 510);
  CHECK(read.card->highest() == 660);
  CHECK(line.bins[0].label == Text{"0", "0"});
  CHECK(line.bins[1].label == Text{"1 to 2", "1 à 2"});
  CHECK(line.bins[2].label == Text{"3 or more", "3 ou plus"});
}

TEST_CASE("card: labels speak the unit of their feature in both languages") {
  struct Case {
    const char* id;
    const char* bins;
    std::vector<Text> labels;
  };
  const Case cases[] = {
      {"mean_bill",
       R"([{ below = "12.50 EUR", points = 0 }, { below = "900 EUR", points = 1 }, { points = 2 }])",
       {{"under 12.50 EUR", "moins de 12,50 EUR"},
        {"12.50 EUR to under 900.00 EUR", "de 12,50 EUR à moins de 900,00 EUR"},
        {"900.00 EUR or more", "900,00 EUR ou plus"}}},
      {"months_since_overdraft",
       R"([{ below = 2, points = 0 }, { below = "1 year", points = 1 }, { points = 2 }])",
       {{"0 to 1 month", "0 à 1 mois"},
        {"2 to 11 months", "2 à 11 mois"},
        {"12 months or more", "12 mois ou plus"}}},
      {"late_share",
       R"([{ below = "12.5%", points = 2 }, { points = 1 }])",
       {{"under 12.5%", "moins de 12,5 %"}, {"12.5% or more", "12,5 % ou plus"}}},
      {"last_paid",
       "[{ below = 2025-01-01, points = 2 }, { below = 2026-01-01, points = 1 }, { points = 1 }]",
       {{"before 2025-01-01", "avant le 2025-01-01"},
        {"from 2025-01-01 to before 2026-01-01", "du 2025-01-01 à avant le 2026-01-01"},
        {"from 2026-01-01 on", "à partir du 2026-01-01"}}},
      {"overdraft_trend",
       "[{ below = -3, points = 2 }, { below = -2, points = 1 }, { points = 1 }]",
       {{"-4 or less", "-4 ou moins"}, {"-3", "-3"}, {"-2 or more", "-2 ou plus"}}},
      {"last_rental",
       R"([{ is = ["lost", "damaged"], points = -9 }, { points = 1 }])",
       {{"lost or damaged", "lost ou damaged"}, {"any other answer", "toute autre réponse"}}},
      {"regular_income",
       "[{ is = [true], points = 9 }, { points = 1 }]",
       {{"yes", "oui"}, {"any other answer", "toute autre réponse"}}},
      {"bills", "[{ points = 1 }]", {{"any answer", "toute réponse"}}},
  };
  for (const Case& c : cases) {
    std::string rest = fmt::format("none = 1\nbins = {}", c.bins);
    if (std::string_view{c.id} == "overdraft_trend") rest += "\nspecial = { unknown = 1 }";
    if (std::string_view{c.id} == "mean_bill") rest += "\nspecial = { no-record = 0, hidden = 0 }";
    ReadCard read = read_card(card_of(line_of(c.id, rest)), "card.toml", only({c.id}));
    REQUIRE_MESSAGE(read.card, c.id, " ", only_finding(read));
    for (std::size_t i = 0; i < c.labels.size(); ++i) {
      CHECK(read.card->lines()[0].bins.at(i).label.en == c.labels[i].en);
      CHECK(read.card->lines()[0].bins.at(i).label.fr == c.labels[i].fr);
    }
  }
}

TEST_CASE("card: answers are told in the unit of their feature") {
  Programme programme = sample::programme();
  auto told = [&](std::string_view id, Cell cell) {
    return answer_text(
        cell, programme.features[static_cast<std::size_t>(programme.find_feature(id))], programme);
  };
  CHECK(told("bills", Cell::of(3)) == Text{"3", "3"});
  CHECK(told("mean_bill", Cell::of(-1250)) == Text{"-12.50 EUR", "-12,50 EUR"});
  CHECK(told("mean_bill", Cell::special(1)) == Text{"hidden", "hidden"});
  CHECK(told("late_share", Cell::of(125)) == Text{"12.5%", "12,5 %"});
  CHECK(told("rental_months", Cell::of(1)) == Text{"1 month", "1 mois"});
  CHECK(told("regular_income", Cell::of(1)) == Text{"yes", "oui"});
  CHECK(told("last_rental", Cell::of(2)) == Text{"lost", "lost"});
  CHECK(told("bills", Cell{}) == Text{"no such record", "aucun relevé de ce genre"});
}

TEST_CASE("card: every fault is a finding with its code and its place") {
  struct Case {
    const char* finding;
    const char* rest;
  };
  const Case cases[] = {
      {"C002 feature[0].bin", "bin = 1\nnone = 0\nbins = [{ points = 0 }]"},
      {"C003 feature[0].none", "bins = [{ points = 0 }]"},
      {"C003 feature[0].bins", "none = 0"},
      {"C003 feature[0].bins[0].points", "none = 0\nbins = [{ }]"},
      {"C004 feature[0].none", "none = \"0\"\nbins = [{ points = 0 }]"},
      {"C004 feature[0].bins", "none = 0\nbins = 3"},
      {"C004 feature[0].bins[0]", "none = 0\nbins = [3]"},
      {"C004 feature[0].special", "none = 0\nbins = [{ points = 0 }]\nspecial = 3"},
      {"C005 feature[0].bins[0].points", "none = 0\nbins = [{ points = 100001 }]"},
      {"C009 feature[0].bins", "none = 0\nbins = []"},
      {"C009 feature[0].bins[0]", "none = 0\nbins = [{ below = 3, points = 0 }]"},
      {"C009 feature[0].bins[0]", "none = 0\nbins = [{ points = 3 }, { points = 0 }]"},
      {"C009 feature[0].bins[1].below",
       "none = 0\nbins = [{ below = 3, points = 3 }, { below = 3, points = 2 }, { points = 0 }]"},
      {"C009 feature[0].bins[0].below",
       "none = 0\nbins = [{ below = 0, points = 3 }, { points = 0 }]"},
      {"C010 feature[0].bins[0].is",
       "none = 0\nbins = [{ is = [\"a\"], points = 3 }, { points = 0 }]"},
      {"C011 feature[0].bins[0].below",
       "none = 0\nbins = [{ below = \"3 EUR\", points = 3 }, { points = 0 }]"},
      {"C011 feature[0].bins[0].below",
       "none = 0\nbins = [{ below = 1.5, points = 3 }, { points = 0 }]"},
      {"C012 feature[0].special.gone", "none = 0\nbins = [{ points = 0 }]\nspecial = { gone = 0 }"},
      {"C014 feature[0].mean", "none = 10\nbins = [{ points = 10 }]\nmean = 11"},
      {"C014 feature[0].policy", "none = 10\nbins = [{ points = 10 }]\npolicy = 9"},
      {"C013 base", "none = 0\nbins = [{ below = 1, points = 360 }, { points = 0 }]"},
      {"C013 base", "none = 0\nbins = [{ below = 1, points = 0 }, { points = -251 }]"},
      {"A15 feature[0].none", "none = -1\nbins = [{ points = 0 }]"},
      {"A15 feature[0].none",
       "none = 0\nbins = [{ below = 1, points = 62 }, { below = 3, points = 61 }, { points = 60 "
       "}]"},
      {"A15 feature[0].none", "none = 59\nbins = [{ below = 1, points = 62 }, { points = 60 }]"},
      {"A26 feature[0].none", "none = 0.5\nbins = [{ points = 0 }]"},
      {"A26 feature[0].bins[0].points", "none = 0\nbins = [{ points = 1.0 }]"},
      {"A26 feature[0].bins[1].points",
       "none = 0\nbins = [{ below = 1, points = 3 }, { below = 2, points = 4 }, { points = 0 }]"},
  };
  for (const Case& c : cases) {
    ReadCard read = read_late(c.rest);
    CHECK_MESSAGE(only_finding(read) == c.finding, c.rest);
    CHECK_MESSAGE(!read.card, c.rest);
    for (const Finding& finding : read.findings) {
      CHECK_MESSAGE(finding.where.line > 0, c.rest);
      CHECK_FALSE(finding.help.en.empty());
      CHECK_FALSE(finding.help.fr.empty());
      CHECK(explain_card_code(finding.code));
      CHECK_FALSE(render(finding, late(c.rest), Language::fr).empty());
    }
  }
}

TEST_CASE("card: faults of the file as a whole are findings") {
  Programme programme = only({"late_bills_12m"});
  const std::string sound = line_of("late_bills_12m", "none = 0\nbins = [{ points = 0 }]");
  auto finding = [&](const std::string& text) {
    return only_finding(read_card(text, "card.toml", programme));
  };
  CHECK(finding("base = = 3") == "C001 ");
  CHECK(finding(sound) == "C003 base");
  CHECK(finding("base = 600.5\n" + sound) == "A26 base");
  CHECK(finding("base = true\n" + sound) == "C004 base");
  CHECK(finding("bass = 3\n" + card_of(sound)) == "C002 bass");
  CHECK(finding("id = 3\n" + card_of(sound)) == "C004 id");
  CHECK(finding(card_of(sound + sound)) == "C007 feature[1].id");
  CHECK(finding("base = 300\n" + sound) == "C013 base");
  CHECK(finding("base = 600\nfeature = 3\n").starts_with("2 findings"));
}

TEST_CASE("card: an unknown feature is refused with the one that was meant") {
  ReadCard read = read_card(card_of(line_of("late_bils_12m", "none = 0\nbins = [{ points = 0 }]")),
                            "card.toml", only({"late_bills_12m"}));
  CHECK_FALSE(read.card);
  REQUIRE(read.findings.size() == 2);
  CHECK(read.findings[0].code == "C006");
  CHECK(read.findings[0].message.en ==
        "the programme has no feature `late_bils_12m`; did you mean `late_bills_12m`?");
  CHECK(read.findings[0].where == Where{"card.toml", 3, 6, 15});
}

TEST_CASE("card: a feature that the card leaves out is a warning, and the card still exists") {
  ReadCard read = read_card(card_of(line_of("late_bills_12m", "none = 0\nbins = [{ points = 0 }]")),
                            "card.toml", only({"late_bills_12m", "bills"}));
  CHECK(read.card);
  CHECK(only_finding(read) == "C008 feature");
  CHECK_FALSE(has_errors(read.findings));
}

TEST_CASE("card: points that fall with a falling risk are refused") {
  const char* bins = "none = 0\nbins = [{ below = 3, points = 9 }, { points = 8 }]";
  ReadCard read = read_card(card_of(line_of("months_since_overdraft", bins)), "card.toml",
                            only({"months_since_overdraft"}));
  CHECK(only_finding(read) == "A26 feature[0].bins[1].points");
  CHECK(read.findings[0].where.line == 5);
}

TEST_CASE("card: an ordered choice keeps the direction of risk by the programme's list") {
  Programme programme = only({"last_rental"});
  programme.features[0].risk = Risk::rises;  // settled, damaged, lost
  auto finding = [&](const char* bins) {
    std::string text = card_of(line_of("last_rental", fmt::format("none = 0\nbins = {}", bins)));
    return only_finding(read_card(text, "card.toml", programme));
  };
  CHECK(
      finding(
          R"([{ is = ["lost"], points = -9 }, { is = ["settled"], points = 3 }, { points = 0 }])") ==
      "0 findings");
  CHECK(finding(R"([{ is = ["lost"], points = 9 }, { points = 0 }])") ==
        "A26 feature[0].bins[0].points");
}

TEST_CASE("card: choices are known, named once, and never divided by thresholds") {
  auto finding = [](const char* id, const char* bins) {
    std::string text = card_of(line_of(id, fmt::format("none = 0\nbins = {}", bins)));
    return only_finding(read_card(text, "card.toml", only({id})));
  };
  CHECK(finding("last_rental", R"([{ is = ["lots"], points = 0 }, { points = 0 }])") ==
        "C010 feature[0].bins[0].is[0]");
  CHECK(finding("last_rental", R"([{ is = ["lost", "lost"], points = 0 }, { points = 0 }])") ==
        "C010 feature[0].bins[0].is");
  CHECK(finding("last_rental", R"([{ below = 2, points = 0 }, { points = 0 }])") ==
        "C010 feature[0].bins[0].below");
  CHECK(finding("last_rental", R"([{ is = [], points = 0 }, { points = 0 }])") ==
        "C004 feature[0].bins[0].is");
  CHECK(finding("last_rental", R"([{ is = [2], points = 0 }, { points = 0 }])") ==
        "C004 feature[0].bins[0].is[0]");
  CHECK(finding("regular_income", R"([{ is = ["true"], points = 0 }, { points = 0 }])") ==
        "C004 feature[0].bins[0].is[0]");
}

TEST_CASE("card: thresholds in another unit than the feature's are refused") {
  auto finding = [](const char* id, const char* below) {
    std::string rest =
        fmt::format("none = 0\nbins = [{{ below = {}, points = 0 }}, {{ points = 0 }}]", below);
    if (std::string_view{id} == "mean_bill") rest += "\nspecial = { no-record = 0, hidden = 0 }";
    return only_finding(read_card(card_of(line_of(id, rest)), "card.toml", only({id})));
  };
  for (const char* below :
       {"3", "\"3 USD\"", "\"3.005 EUR\"", "\"3\"", "3.5", "true", "2026-01-01"}) {
    CHECK_MESSAGE(finding("mean_bill", below) == "C011 feature[0].bins[0].below", below);
  }
  for (const char* below : {"500", "\"500\"", "\"12.55%\"", "\"x%\"", "\"%\""}) {
    CHECK_MESSAGE(finding("late_share", below) == "C011 feature[0].bins[0].below", below);
  }
  CHECK(finding("late_share", "\"100.1%\"") == "C009 feature[0].bins[0].below");
  CHECK(finding("late_share", "\"100 %\"") == "0 findings");
  for (const char* below : {"\"10 days\"", "\"EUR\"", "2026-01-01"}) {
    CHECK_MESSAGE(finding("months_since_overdraft", below) == "C011 feature[0].bins[0].below",
                  below);
  }
  for (const char* below : {"20000", "\"2026-01-01\""}) {
    CHECK_MESSAGE(finding("last_paid", below) == "C011 feature[0].bins[0].below", below);
  }
  CHECK(finding("overdraft_trend", "1000000000000000001") == "2 findings");
}

TEST_CASE("card: every special code has points of its own, and none of them loses any") {
  auto finding = [](const char* special) {
    std::string rest = fmt::format("none = 0\nbins = [{{ points = 0 }}]\n{}", special);
    return only_finding(
        read_card(card_of(line_of("latest_bill", rest)), "card.toml", only({"latest_bill"})));
  };
  CHECK(finding("special = { no-record = 0, hidden = 7 }") == "0 findings");
  CHECK(finding("") == "2 findings");
  CHECK(finding("special = { no-record = 0 }") == "C012 feature[0].special.hidden");
  CHECK(finding("special = { no-record = 0, hidden = 0, hiden = 1 }") ==
        "C012 feature[0].special.hiden");
  auto above = [](const char* special) {
    std::string rest = fmt::format("none = 5\nbins = [{{ points = 5 }}]\n{}", special);
    return only_finding(
        read_card(card_of(line_of("latest_bill", rest)), "card.toml", only({"latest_bill"})));
  };
  CHECK(above("special = { no-record = 5, hidden = 7 }") == "0 findings");
  CHECK(above("special = { no-record = 4, hidden = 7 }") == "A15 feature[0].special.no-record");
  CHECK(finding("special = { no-record = -1, hidden = 0 }") == "A15 feature[0].special.no-record");
  CHECK(finding("special = { no-record = 1.5, hidden = 0 }") == "A26 feature[0].special.no-record");
}

TEST_CASE("card: a baseline that the programme counts from is declared on every line") {
  for (auto [baseline, key] :
       {std::pair{Baseline::mean, "mean"}, std::pair{Baseline::policy, "policy"}}) {
    Programme programme = only({"late_bills_12m"});
    programme.explanation.baseline = baseline;
    const std::string rest = "none = 4\nbins = [{ points = 4 }]\n";
    ReadCard without = read_card(late(rest), "card.toml", programme);
    CHECK(only_finding(without) == fmt::format("C014 feature[0].{}", key));
    ReadCard with = read_card(late(fmt::format("{}{} = 4", rest, key)), "card.toml", programme);
    CHECK(with.card);
  }
}

TEST_CASE("card: all faults of a file come in one run") {
  ReadCard read = read_card(
      "bas = 600\n[[feature]]\nid = \"bills\"\nnone = -3\nbins = [{ points = 0.5 "
      "}]\n[[feature]]\nid = \"x\"\n",
      "card.toml", only({"bills"}));
  CHECK_FALSE(read.card);
  CHECK(read.findings.size() == 7);
}

TEST_CASE("card: its codes are explained in both languages, and other codes are not") {
  for (const std::string& code : card_codes()) {
    REQUIRE(explain_card_code(code));
    CHECK_FALSE(explain_card_code(code)->en.empty());
    CHECK_FALSE(explain_card_code(code)->fr.empty());
  }
  CHECK(card_codes().size() == 16);
  CHECK_FALSE(explain_card_code("C099"));
  CHECK_FALSE(explain_card_code(""));
}

TEST_CASE("card: a thousand random sound cards are read without a finding") {
  const Programme programme = sample::wide_programme();
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
    std::string text = sample::CardWriter{programme, seed}.write();
    ReadCard read = read_card(text, "card.toml", programme);
    REQUIRE_MESSAGE(read.findings.empty(), only_finding(read), "\n", text);
    CHECK(read.card->text() == text);
    CHECK(read.card->lines().size() == programme.features.size());
  }
}

TEST_CASE("card: a signal that nobody has proved moves no more points than the programme's cap") {
  Programme programme = only({"late_bills_12m"});
  programme.document = *parse_toml("[[feature]]\nid = \"late_bills_12m\"\ncap = 30\n", "p.toml");
  auto read = [&](std::string_view bins) {
    return read_card(late(fmt::format("none = 0\nbins = [{}]", bins)), "card.toml", programme);
  };
  CHECK(read("{ below = 1, points = 30 }, { points = -30 }").findings.empty());
  CHECK(only_finding(read("{ below = 1, points = 31 }, { points = -30 }")) == "A07 feature[0]");
  CHECK(only_finding(read("{ below = 1, points = 30 }, { points = -31 }")) == "A07 feature[0]");
}

}  // namespace credence
