#include <credence/cli/book.h>
#include <credence/cli/loading.h>
#include <fmt/format.h>

#include <chrono>

namespace credence {

namespace {

Instant computer_time() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// A mistyped year would stand in the record for good, since a record never goes back in time.
Result<Clock> check_clock(Instant instant) {
  constexpr Instant first = Date{std::chrono::year{1970} / 1 / 1};
  constexpr Instant last = Date{std::chrono::year{2200} / 1 / 1};
  if (instant < first || instant >= last) {
    return Error{"usage.clock",
                 fmt::format("`{}` is no time at which a record is kept", to_text(instant)),
                 {},
                 "a year from 1970 to 2199"};
  }
  if (instant > computer_time() + std::chrono::days{1}) {
    fmt::print(stderr,
               "warning[clock]: {} is ahead of this computer's clock; a record never goes "
               "back in time\n",
               to_text(instant));
  }
  return Clock{[instant] { return instant; }};
}

// The latest stop or resumption decides.
std::optional<Error> stop_in(const std::vector<Fact>& facts) {
  if (facts.empty()) return std::nullopt;
  const Fact& last = facts.back();
  auto text = [&last](std::string_view key) {
    const Json* value = last.payload.find(key);
    return value == nullptr || value->string() == nullptr ? std::string{} : *value->string();
  };
  if (text("state") != "stopped") return std::nullopt;
  return Error{"stopped",
               fmt::format("{} stopped the programme on {}: {}", text("by"),
                           text("recorded").substr(0, 10), text("because")),
               {},
               "no score and no answer leaves until `credence resume`"};
}

Error unusable(const Fact& fact, std::string_view what) {
  return Error{"book.programme",
               fmt::format("the programme published by fact {} {}", fact.index, what),
               {},
               "the data folder was written by another version of credence, or is damaged: "
               "`credence verify`"};
}

Result<Engine> engine_from(const Fact& fact) {
  auto text = [&fact](std::string_view key) -> const std::string* {
    const Json* value = fact.payload.find(key);
    return value == nullptr ? nullptr : value->string();
  };
  const std::string* programme = text("programme");
  const std::string* card = text("card");
  const std::string* file = text("programme_file");
  const std::string* card_file = text("card_file");
  if (programme == nullptr || card == nullptr || file == nullptr || card_file == nullptr) {
    return unusable(fact, "cannot be read");
  }
  MadeEngine made = make_engine(*programme, *file, *card, *card_file, fact.index);
  if (!made.engine) return unusable(fact, "is not admitted by this charter");
  return *std::move(made.engine);
}

}  // namespace

Result<Clock> clock_from(const Arguments& arguments) {
  if (!arguments.has("clock")) return Clock{computer_time};
  auto instant = parse_instant(arguments.one("clock"));
  if (!instant) {
    return Error{"usage.clock",
                 fmt::format("`{}` is not an instant", arguments.one("clock")),
                 {},
                 "write it as 2026-07-01T09:00:00Z"};
  }
  return check_clock(*instant);
}

Result<Date> date_from(const Arguments& arguments, const std::string& option, Date fallback) {
  if (!arguments.has(option)) return fallback;
  auto date = parse_date(arguments.one(option));
  if (date) return *date;
  return Error{"usage.date",
               fmt::format("--{} `{}` is not a date", option, arguments.one(option)),
               {},
               "write it as 2026-06-30"};
}

Result<Book> open_book(const Arguments& arguments, BookAccess access) {
  bool write = access == BookAccess::write;
  auto clock = clock_from(arguments);
  if (!clock) return clock.error();
  const std::string& directory = arguments.one("data");
  auto store = write ? Store::open(directory, *clock, {}) : Store::open_for_reading(directory, {});
  if (!store) return store.error();
  Book book;
  book.clock_ = *std::move(clock);
  book.store_ = *std::move(store);
  if (write && book.clock_() < book.store_->last_recorded()) {
    return Error{"usage.clock",
                 fmt::format("the clock says {}, but the last fact was recorded at {}",
                             to_text(book.clock_()), to_text(book.store_->last_recorded())),
                 {},
                 "a record never goes back in time; give a later --clock"};
  }
  const FactKind kinds[] = {FactKind::programme_published};
  auto facts = book.store_->facts_of(kOperatorSubject, kinds);
  if (!facts) return facts.error();
  for (const Fact& fact : *facts) {
    auto engine = engine_from(fact);
    if (!engine) return engine.error();
    book.engines_.emplace(fact.index, *std::move(engine));
  }
  const FactKind stops[] = {FactKind::model_stop};
  auto stop_facts = book.store_->facts_of(kOperatorSubject, stops);
  if (!stop_facts) return stop_facts.error();
  book.stopped_ = stop_in(*stop_facts);
  if (book.engines_.empty()) {
    return Error{"book.empty",
                 "no programme was published in this folder",
                 {},
                 "credence init --data DIR ..."};
  }
  return book;
}

const Engine* Book::engine_of(std::uint64_t programme_fact) const {
  auto found = engines_.find(programme_fact);
  return found == engines_.end() ? nullptr : &found->second;
}

Result<Dossier> Book::dossier(const std::string& subject) const {
  auto facts = store_->facts_of(subject);
  if (!facts) return facts.error();
  return read_dossier(subject, *facts, engine().programme());
}

Result<Dossier> Book::known_dossier(const std::string& subject) const {
  if (auto found = known(subject); !found) return found.error();
  return dossier(subject);
}

Result<Consents> Book::known_consents(const std::string& subject) const {
  if (auto found = known(subject); !found) return found.error();
  const FactKind kinds[] = {FactKind::consent_granted, FactKind::consent_withdrawn};
  auto facts = store_->facts_of(subject, kinds);
  if (!facts) return facts.error();
  auto read = read_dossier(subject, *facts, engine().programme());
  if (!read) return read.error();
  return std::move(read->consents);
}

Result<Done> Book::known(const std::string& subject) const {
  auto enrolled = store_->is_enrolled(subject);
  if (!enrolled) return enrolled.error();
  if (*enrolled) return Done{};
  auto erased = store_->was_erased(subject);
  if (!erased) return erased.error();
  if (*erased) {
    return Error{"book.erased",
                 fmt::format("`{}` asked to be forgotten: nothing is kept", subject),
                 {},
                 "they may be enrolled anew if they wish"};
  }
  return Error{"book.unknown",
               fmt::format("nobody is enrolled as `{}`", subject),
               {},
               "check the name, or `credence enrol` them with their consent"};
}

Result<std::vector<std::string>> Book::everybody() const {
  std::vector<std::string> subjects;
  auto visited = store_->each_subject([&](const std::string& subject) {
    subjects.push_back(subject);
    return true;
  });
  if (!visited) return visited.error();
  return subjects;
}

Result<std::uint64_t> Book::record(Draft draft) const {
  std::vector<Draft> drafts;
  drafts.push_back(std::move(draft));
  auto appended = store_->append(std::move(drafts));
  if (!appended) return appended.error();
  if (auto done = sign(); !done) return done.error();
  return appended->front().index;
}

Result<Done> Book::sign() const {
  auto note = store_->publish();
  if (!note) return note.error();
  return Done{};
}

Draft publication(const LawfulProgramme& programme, const Card& card, const std::string& card_file,
                  Instant now) {
  Json::Object payload{{"card", card.text()},
                       {"card_file", card_file},
                       {"charter", Charter::builtin().version()},
                       {"id", programme->id},
                       {"programme", programme->text},
                       {"programme_file", programme->file},
                       {"purpose", programme->purpose},
                       {"version", programme->version}};
  return Draft::statement(FactKind::programme_published, std::string{kOperatorSubject},
                          std::move(payload), now);
}

}  // namespace credence
