#include <credence/cli/book.h>
#include <credence/cli/own_leaves.h>
#include <credence/cli/proving.h>
#include <credence/decision/example_testing.h>
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

using namespace credence;
using credence::testing::day;
using credence::testing::Edit;
using credence::testing::example_card;
using credence::testing::example_programme;
using credence::testing::noon;
using credence::testing::replaced;

namespace {

// A data folder on disk that is filled past the commands, so that it may hold what they refuse.
class Folder {
 public:
  Folder() {
    static int made = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("credence-book-test-" + std::to_string(::getpid()) + "-" + std::to_string(made++));
    std::filesystem::remove_all(path_);
    auto store = Store::create(path_.string(), "test.example/log", clock(), {});
    REQUIRE(store);
    store_ = *std::move(store);
    publish({});
    record(Draft::statement(FactKind::subject_enrolled, "ada", {}, now_));
    record(Draft::statement(FactKind::consent_granted, "ada",
                            {{"purpose", programme_->purpose},
                             {"source", "bank"},
                             {"recipient", "operator"},
                             {"expires", "2024-01-01"}},
                            now_));
  }
  ~Folder() {
    store_.reset();
    std::filesystem::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::uint64_t record(Draft draft) {
    std::vector<Draft> drafts;
    drafts.push_back(std::move(draft));
    auto appended = store_->append(std::move(drafts));
    if (!appended) FAIL(appended.error().message);
    return appended->front().index;
  }
  std::uint64_t publish(const Edit& edit) {
    LawfulProgramme programme = example_programme(edit);
    if (!edit) programme_ = programme;
    return record(publication(programme, example_card(programme), "card.toml", now_));
  }
  std::uint64_t event(const std::string& json) {
    auto event = event_from_json(*parse_json(json), *programme_);
    REQUIRE(event);
    event->subject = "ada";
    Consents consents;
    consents.add({.index = 2,
                  .purpose = programme_->purpose,
                  .source = "bank",
                  .recipient = std::string{kOperator},
                  .granted = now_,
                  .expires = day("2024-01-01"),
                  .withdrawn_by = {},
                  .withdrawn = {}});
    auto admitted = admit(*event, programme_, &consents, now_);
    REQUIRE(std::holds_alternative<Admitted>(admitted));
    return record(Draft::event(std::get<Admitted>(admitted), *programme_));
  }
  std::uint64_t overdraft(int month) {
    std::string number = std::to_string(month);
    return event("{\"at\":\"2022-0" + number +
                 "-10\",\"event\":\"overdraft\",\"fields\":{\"amount\":\"20.00 EUR\",\"days\":" +
                 number + "},\"key\":\"o" + number + "\"}");
  }
  Book book() {
    if (store_) REQUIRE(store_->publish());
    store_.reset();  // one writer at a time
    Arguments arguments;
    arguments.values["data"] = {path_.string()};
    arguments.values["clock"] = {to_text(now_)};
    auto book = open_book_to_write(arguments);
    if (!book) FAIL(book.error().message);
    return *std::move(book);
  }

 private:
  Clock clock() const {
    return [now = now_] { return now; };
  }
  std::filesystem::path path_;
  Instant now_ = noon("2022-07-01");
  LawfulProgramme programme_ = example_programme();
  std::unique_ptr<Store> store_;
};

std::string renamed(std::string text) {
  text = replaced(std::move(text), "\nversion = 1\n", "\nversion = 2\n");
  text = replaced(std::move(text), "[assessments]", "[assessments]\ncovers_version = 2\n#");
  text = replaced(std::move(text), "days = \"integer\"", "nights = \"integer\"");
  return replaced(std::move(text), "of = \"days\"", "of = \"nights\"");
}

ScoreChecks recheck(const Book& book, std::span<const std::uint64_t> erased = {}) {
  auto facts = book.store().facts_of("ada");
  REQUIRE(facts);
  return recheck_scores("ada", *facts, book.engines(), erased);
}

std::uint64_t issue(const Book& book, const Engine& engine) {
  auto dossier = book.dossier("ada");
  REQUIRE(dossier);
  auto issued = book.record(
      engine.issue("ada", engine.assess(*dossier, book.as_of(book.today())), book.now()));
  REQUIRE(issued);
  return *issued;
}

}  // namespace

TEST_CASE("book: a version that cannot read the record takes nobody's rights away") {
  Folder folder;
  for (int month = 1; month <= 6; ++month) folder.overdraft(month);
  folder.publish(renamed);
  Book book = folder.book();
  REQUIRE(!book.dossier("ada"));
  CHECK(book.known("ada"));
  auto consents = book.known_consents("ada");
  REQUIRE(consents);
  CHECK(consents->grants().size() == 1);
  auto file = export_person(book, "ada");
  REQUIRE(file);
  auto report = verify_export(*file, book.store().verifier());
  REQUIRE(report);
  CHECK(report->faults.empty());
  CHECK(book.store().erase("ada", "GDPR 17(1)(b)", "request"));
  CHECK(book.known("ada").error().code == "book.erased");
  CHECK(book.known("bob").error().code == "book.unknown");
}

TEST_CASE("book: a score is recomputed under the version that it was made under") {
  Folder folder;
  for (int month = 1; month <= 6; ++month) folder.overdraft(month);
  {
    Book book = folder.book();
    issue(book, book.engine());
    LawfulProgramme second = example_programme(renamed);
    REQUIRE(book.record(publication(second, example_card(second), "card.toml", book.now())));
  }
  ScoreChecks checks = recheck(folder.book());
  CHECK(checks.same == 1);
  CHECK(checks.faults.empty());
}

TEST_CASE("book: a score under a version that another had replaced is a fault") {
  Folder folder;
  for (int month = 1; month <= 6; ++month) folder.overdraft(month);
  auto question = [](std::string text) {
    text = replaced(std::move(text), "\nversion = 1\n", "\nversion = 2\n");
    return replaced(std::move(text), "[assessments]", "[assessments]\ncovers_version = 2\n#");
  };
  std::uint64_t second = folder.publish(question);
  Book book = folder.book();
  issue(book, *book.engine_of(0));
  CHECK(recheck(book).faults.size() == 1);
  issue(book, *book.engine_of(second));
  ScoreChecks checks = recheck(book);
  CHECK(checks.faults.size() == 1);
  CHECK(checks.same == 1);
}

TEST_CASE("book: a forged score does not pass as one that rests on erased records") {
  Folder folder;
  std::uint64_t first = folder.overdraft(1);
  for (int month = 2; month <= 6; ++month) folder.overdraft(month);
  Book book = folder.book();
  std::uint64_t honest = issue(book, book.engine());
  auto stored = book.store().fact(honest);
  REQUIRE(stored);
  Json payload = *parse_json(*stored->payload);
  Json::Object forged = *payload.object();
  Json::Array terms = *forged["terms"].array();
  for (Json& term : terms) {
    if (*term.find("feature")->string() == "overdraft_days_12m")
      term.object()->insert_or_assign("facts", Json::Array{Json{999}});
  }
  forged["terms"] = terms;
  forged.erase("recorded");
  REQUIRE(book.record(Draft::statement(FactKind::score_issued, "ada", forged, book.now(), {0})));
  CHECK(recheck(book).faults.size() == 1);

  const std::uint64_t gone[] = {first};
  REQUIRE(book.store().erase_facts("ada", gone, "retention"));
  REQUIRE(book.sign());
  const std::string people[] = {"ada"};
  auto leaves = own_leaves(book.store(), people, book.store().size());
  REQUIRE(leaves);
  auto facts = book.store().facts_of("ada");
  REQUIRE(facts);
  std::vector<std::uint64_t> erased = erased_of((*leaves)["ada"], *facts);
  CHECK(erased == std::vector<std::uint64_t>{first});
  ScoreChecks checks = recheck(book, erased);
  CHECK(checks.not_recomputable == 1);
  CHECK(checks.faults.size() == 1);
  CHECK(recheck(book).faults.size() == 2);

  auto file = export_person(book, "ada");
  REQUIRE(file);
  auto report = verify_export(*file, book.store().verifier());
  REQUIRE(report);
  CHECK(report->erased == 1);
  CHECK(report->scores.not_recomputable == 1);
  CHECK(report->faults.size() == 1);
}
