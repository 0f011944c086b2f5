#include <credence/cli/commands.h>
#include <credence/store/store.h>
#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace credence;

namespace {

// A data folder with Ada in it, who consented to both sources.
class Desk {
 public:
  Desk() {
    char name[] = "/tmp/credence-ingest-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    folder_ = name;
    run("init", {{"programme", {CREDENCE_PROGRAMMES "/deposit-free/programme.toml"}}});
    run("enrol",
        {{"SUBJECT", {"ada"}}, {"consent", {"bank", "rentals"}}, {"age-check", {"document seen"}}});
  }
  ~Desk() { std::filesystem::remove_all(folder_); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  Exit run(const std::string& command, std::map<std::string, std::vector<std::string>> values) {
    auto at = std::find_if(commands().begin(), commands().end(),
                           [&](const Command& one) { return one.name == command; });
    REQUIRE(at != commands().end());
    values["data"] = {data()};
    values["clock"] = {"2026-07-01T09:00:00Z"};
    said_.clear();
    Console console{[&](std::string_view text) { said_ += text; },
                    [&](std::string_view text) { said_ += text; }, false};
    Arguments arguments;
    arguments.values = std::move(values);
    return at->run(arguments, console);
  }

  Exit ingest(const std::string& rows) {
    const std::string file = folder_ + "/events.csv";
    std::ofstream(file)
        << "subject,event,at,key,amount,due,paid,deposit,due_back,returned,outcome\n"
        << rows;
    return run("ingest", {{"FILE", {file}}});
  }
  std::string rejects() const {
    std::ifstream file{folder_ + "/events.csv.rejects.csv"};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  std::uint64_t size() const {
    auto store = Store::open_for_reading(data(), {});
    REQUIRE(store);
    return (*store)->size();
  }
  bool says(std::string_view text) const { return said_.find(text) != std::string::npos; }
  const std::string& said() const { return said_; }

 private:
  std::string data() const { return folder_ + "/d"; }
  std::string folder_, said_;
};

const std::string kUnpaid = "ada,bill,2026-01-20,k1,50.00 EUR,2026-01-20,,,,,\n";
const std::string kPaid = "ada,bill,2026-01-20,k1,50.00 EUR,2026-01-20,2026-01-19,,,,\n";
const std::string kRental =
    "ada,rental,2026-01-20,k1,,,,200.00 EUR,2026-01-20,2026-01-19,settled\n";

}  // namespace

TEST_CASE("ingest: a bill and a rental of one key are two records") {
  Desk desk;
  std::uint64_t before = desk.size();
  CHECK(desk.ingest(kPaid + kRental) == Exit::yes);
  INFO(desk.said());
  CHECK(desk.size() == before + 2);
  CHECK(desk.ingest(kPaid + kRental) == Exit::nothing_new);
  CHECK(desk.says("2 there already"));
}

TEST_CASE("ingest: a changed record under a known key is rejected and told, never swallowed") {
  Desk desk;
  CHECK(desk.ingest(kUnpaid) == Exit::yes);
  std::uint64_t size = desk.size();
  CHECK(desk.ingest(kRental + kPaid) == Exit::no);
  INFO(desk.said());
  CHECK(desk.size() == size + 1);
  CHECK(desk.says("1 recorded, 1 rejected (1 event.conflict)"));
  std::string rejects = desk.rejects();
  CHECK(rejects.find("3,\"key\",\"event.conflict\",\"fact " + std::to_string(size - 1)) !=
        std::string::npos);
  CHECK(rejects.find("credence dispute") != std::string::npos);
  CHECK(rejects.find("2026-01-19") != std::string::npos);  // what was read of it
  // Within one file as well.
  Desk other;
  CHECK(other.ingest(kUnpaid + kUnpaid + kPaid) == Exit::no);
  CHECK(other.says("1 recorded, 1 there already, 1 rejected (1 event.conflict)"));
}

TEST_CASE("ingest: a conflict is told with its own line, beyond one batch too") {
  Desk desk;
  std::string rows;
  for (int i = 0; i < 2500; ++i) {
    rows += "ada,bill,2026-01-20,b" + std::to_string(i) + ",1.00 EUR,2026-01-20,,,,,\n";
  }
  CHECK(desk.ingest(rows) == Exit::yes);
  std::string changed = "ada,bill,2026-01-20,b2100,2.00 EUR,2026-01-20,,,,,\n";
  std::size_t at = rows.find("ada,bill,2026-01-20,b2100,");
  rows.replace(at, rows.find('\n', at) + 1 - at, changed);
  CHECK(desk.ingest(rows) == Exit::no);
  CHECK(desk.says("2499 there already, 1 rejected"));
  CHECK(desk.rejects().find("\n2102,\"key\",\"event.conflict\"") != std::string::npos);
}

TEST_CASE("ingest: no source can take a key that is reserved for corrections") {
  Desk desk;
  CHECK(desk.ingest("ada,bill,2026-01-20,credence:dispute-9,50.00 EUR,2026-01-20,,,,,\n") ==
        Exit::no);
  CHECK(desk.says("1 rejected (1 event.key)"));
}
