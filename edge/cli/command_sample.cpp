#include <credence/cli/commands.h>
#include <credence/people/applicants.h>
#include <credence/people/sample.h>
#include <credence/terminal/files.h>
#include <credence/terminal/numbers.h>
#include <fmt/format.h>

#include <map>
#include <memory>

namespace credence {

namespace {

Result<SamplePlan> plan_from(const Arguments& arguments) {
  SamplePlan plan;
  auto number = [&](const char* name, std::uint64_t& to, std::uint64_t most) -> Result<Done> {
    auto value = parse_number(name, arguments.one_or(name, std::to_string(to)), most);
    if (!value) return value.error();
    to = *value;
    return Done{};
  };
  std::uint64_t people = plan.people, months = plan.months, flaws = plan.flaws;
  for (auto done : {number("people", people, 10'000'000), number("months", months, 240),
                    number("flaws", flaws, 1'000'000), number("seed", plan.seed, UINT64_MAX)}) {
    if (!done) return done.error();
  }
  plan.people = static_cast<std::uint32_t>(people);
  plan.months = static_cast<std::uint32_t>(months);
  plan.flaws = static_cast<std::uint32_t>(flaws);
  auto until = parse_date(arguments.one_or("until", "2026-06-30"));
  if (!until) return Error{"usage.date", "--until is not a date", {}, "write it as 2026-06-30"};
  plan.until = *until;
  return plan;
}

Exit write_table(const Arguments& arguments, Console& console) {
  ApplicantsPlan plan;
  auto rows = parse_number("rows", arguments.one_or("rows", "20000"), 100'000'000);
  if (!rows) return fail(console, rows.error());
  auto seed = parse_number("seed", arguments.one_or("seed", "1"), UINT64_MAX);
  if (!seed) return fail(console, seed.error());
  auto until = parse_date(arguments.one_or("until", "2026-06-30"));
  if (!until)
    return fail(console, {"usage.date", "--until is not a date", {}, "write it as 2026-06-30"});
  plan.rows = *rows;
  plan.seed = *seed;
  plan.until = *until;
  GrowingFile file(arguments.one("table"));
  auto written = write_applicants(plan, [&](std::string_view lines) { return file.add(lines); });
  if (!written) return fail(console, written.error());
  if (auto closed = file.close(); !closed) return fail(console, closed.error());
  console.out(fmt::format("{}: {} applicants who do not exist, with what came of each loan\n",
                          file.path(), *written));
  return Exit::yes;
}

Exit run_sample(const Arguments& arguments, Console& console) {
  if (arguments.has("table") == arguments.has("out"))
    return fail(console, {"usage.sample",
                          "say --out DIR for people and their records, or --table FILE for history",
                          {},
                          "credence sample --people 2000 --out sample"});
  if (arguments.has("table")) return write_table(arguments, console);
  auto plan = plan_from(arguments);
  if (!plan) return fail(console, plan.error());
  const std::string& folder = arguments.one("out");
  if (auto made = make_folder(folder); !made) return fail(console, made.error());
  std::map<std::string, std::unique_ptr<GrowingFile>, std::less<>> files;
  auto sink = [&](std::string_view name, std::string_view lines) -> Result<Done> {
    auto& file = files[std::string{name}];
    if (!file) file = std::make_unique<GrowingFile>(fmt::format("{}/{}", folder, name));
    return file->add(lines);
  };
  auto counts = write_sample(*plan, sink);
  if (!counts) return fail(console, counts.error());
  for (auto& [name, file] : files) {
    if (auto closed = file->close(); !closed) return fail(console, closed.error());
  }
  console.out(fmt::format("{} people who do not exist, {} events, {} broken lines, in {}/\n",
                          counts->people, counts->events, counts->flaws, folder));
  return Exit::yes;
}

}  // namespace

Command sample_command() {
  return {"sample",
          "make a sample of people who do not exist, to try things on",
          "credence sample --people 2000 --seed 1 --out sample",
          {{"out", "DIR", "the folder to write to"},
           {"table", "FILE", "a table of applicants with their outcomes instead, for `train`"},
           {"rows", "N", "of the table (20000)"},
           {"people", "N", "how many (2000)"},
           {"months", "N", "how much of their lives (24)"},
           {"seed", "N", "the same seed gives the same bytes (1)"},
           {"until", "DATE", "nothing happens after this day (2026-06-30)"},
           {"flaws", "N", "broken lines to add, as real exports have them (0)"}},
          run_sample};
}

}  // namespace credence
