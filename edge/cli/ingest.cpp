#include <credence/cli/ingest.h>
#include <credence/terminal/files.h>
#include <fmt/format.h>

#include <future>
#include <memory>
#include <optional>
#include <unordered_map>

namespace credence {

namespace {

constexpr std::size_t kBatch = 1000;
constexpr std::size_t kCachedPeople = 100'000;  // bounds the memory of a gigabyte file

// What must be known of a person before an event of theirs can be admitted.
struct Standing {
  bool enrolled = false;
  Consents consents;
  std::set<std::string> deleted;  // keys that a dispute deleted: a source may not send them again
};

class Ingest {
 public:
  Ingest(const Book& book, const LawfulProgramme& programme, const IngestFile& file)
      : book_(book), programme_(programme), rejects_(file.rejects) {}

  void take(std::uint64_t line, ReadRecord record) {
    if (failure_) return;
    if (auto* event = std::get_if<Event>(&record))
      admit_event(line, std::move(*event));
    else if (auto* reject = std::get_if<Reject>(&record))
      add_reject(*reject);
    else
      ++report_.skipped;
  }

  Result<IngestReport> finish() {
    flush();
    wait();
    // What was recorded is signed whatever else went wrong, and told with the failure.
    auto signed_head = book_.sign();
    if (auto closed = rejects_.close(); !closed && !failure_) failure_ = closed.error();
    if (!signed_head && !failure_) failure_ = signed_head.error();
    if (failure_) {
      failure_->message += fmt::format("; {} were recorded before it", report_.recorded);
      return *failure_;
    }
    if (!report_.rejected.empty()) report_.rejects_file = rejects_.path();
    return report_;
  }

  const std::optional<Error>& failure() const { return failure_; }

 private:
  // A draft on its way into the record, and what is told of it should it not get there.
  struct Waiting {
    std::uint64_t line = 0;
    std::string payload;
  };

  void admit_event(std::uint64_t line, Event event) {
    const Standing* standing = standing_of(event.subject);
    if (standing == nullptr) return;
    if (is_reinsertion(standing->deleted, event, *programme_)) {
      ++report_.refused["A20"];
      return;
    }
    auto outcome = admit(std::move(event), programme_,
                         standing->enrolled ? &standing->consents : nullptr, book_.now());
    if (auto* refused = std::get_if<Refused>(&outcome)) {
      ++report_.refused[refused->article];
      return;
    }
    batch_.push_back(Draft::event(std::get<Admitted>(outcome), *programme_));
    waiting_.push_back({line, batch_.back().payload()});
    if (batch_.size() >= kBatch) flush();
  }

  const Standing* standing_of(const std::string& subject) {
    auto found = people_.find(subject);
    if (found != people_.end()) return &found->second;
    if (people_.size() >= kCachedPeople) people_.clear();
    auto standing = read_standing(subject);
    if (!standing) {
      failure_ = standing.error();
      return nullptr;
    }
    return &people_.emplace(subject, *std::move(standing)).first->second;
  }

  Result<Standing> read_standing(const std::string& subject) const {
    Standing standing;
    auto enrolled = book_.store().is_enrolled(subject);
    if (!enrolled) return enrolled.error();
    standing.enrolled = *enrolled;
    if (!standing.enrolled) return standing;
    const FactKind consent_kinds[] = {FactKind::consent_granted, FactKind::consent_withdrawn};
    auto consents = book_.store().facts_of(subject, consent_kinds);
    if (!consents) return consents.error();
    auto dossier = read_dossier(subject, *consents, programme_);
    if (!dossier) return dossier.error();
    standing.consents = std::move(dossier->consents);
    const FactKind dispute_kinds[] = {FactKind::dispute_opened, FactKind::dispute_decided};
    auto disputes = book_.store().facts_of(subject, dispute_kinds);
    if (!disputes) return disputes.error();
    standing.deleted = deleted_keys(*disputes);
    return standing;
  }

  void add_reject(const Reject& reject) {
    if (report_.rejected.empty()) {
      if (auto added = rejects_.add(reject_header()); !added) failure_ = added.error();
    }
    ++report_.rejected[reject.error.code];
    if (auto added = rejects_.add(reject_line(reject)); !added) failure_ = added.error();
  }

  // One batch is being made durable while the next is read.
  void flush() {
    wait();
    if (failure_ || batch_.empty()) return;
    in_flight_lines_ = std::exchange(waiting_, {});
    in_flight_ =
        std::async(std::launch::async, [this, batch = std::exchange(batch_, {})]() mutable {
          return book_.store().append(std::move(batch));
        });
  }

  void wait() {
    if (!in_flight_.valid()) return;
    auto appended = in_flight_.get();
    if (!appended) {
      failure_ = appended.error();
      return;
    }
    for (std::size_t i = 0; i < appended->size(); ++i) {
      const Appended& one = (*appended)[i];
      if (one.conflict)
        add_reject(conflict(in_flight_lines_.at(i), one.index));
      else
        ++(one.duplicate ? report_.duplicates : report_.recorded);
    }
  }

  // The line itself is gone by now; what was read of it stands for it.
  static Reject conflict(const Waiting& record, std::uint64_t earlier) {
    std::string text = record.payload;
    if (auto payload = parse_json(text); payload && payload->object() != nullptr) {
      for (const char* added : {"grant", "recorded", "source"}) payload->object()->erase(added);
      text = to_canonical_json(*payload);
    }
    return Reject{record.line, "key",
                  Error{"event.conflict",
                        fmt::format("fact {} has this key and says something else", earlier),
                        {},
                        "a changed record is a correction: `credence dispute`, then `credence "
                        "resolve`; or give it a key of its own"},
                  std::move(text)};
  }

  const Book& book_;
  const LawfulProgramme& programme_;
  IngestReport report_;
  GrowingFile rejects_;
  std::unordered_map<std::string, Standing> people_;
  std::vector<Draft> batch_;
  std::vector<Waiting> waiting_, in_flight_lines_;  // of batch_, and of what is in flight
  std::future<Result<std::vector<Appended>>> in_flight_;
  std::optional<Error> failure_;
};

}  // namespace

Result<IngestReport> ingest(const Book& book, const ReadingRules& rules, const IngestFile& file,
                            const Progress& progress) {
  Ingest ingest(book, book.engine().programme(), file);
  auto reader = make_reader(file.format, rules);
  OnRecord take = [&ingest](std::uint64_t line, ReadRecord record) {
    ingest.take(line, std::move(record));
  };
  auto read = read_pieces(
      file.path,
      [&](std::string_view piece, std::uint64_t done, std::uint64_t total) -> Result<Done> {
        reader->feed(piece, take);
        if (ingest.failure()) return *ingest.failure();
        progress(done, total);
        return Done{};
      });
  if (read) reader->finish(take);
  auto report = ingest.finish();  // also after a read error: what was read stays, and is signed
  if (!read) return read.error();
  return report;
}

Result<ReadingRules> reading_rules(const Book& book, const Arguments& arguments) {
  const LawfulProgramme& in_force = book.engine().programme();
  if (!arguments.has("map")) return std::make_shared<const Programme>(*in_force);
  const std::string& path = arguments.one("map");
  auto text = read_text(path);
  if (!text) return text.error();
  auto document = parse_toml(*text, path);
  if (!document) return document.error();
  ParsedMaps parsed = parse_maps(*text, path, *in_force);
  Findings findings = std::move(parsed.findings);
  for (Finding& finding : judge_maps(*document, in_force, Charter::builtin())) {
    findings.push_back(std::move(finding));
  }
  for (const Finding& finding : findings) {
    if (finding.severity != Finding::Severity::error) continue;
    std::string kind = finding.code.starts_with('A') ? "charter." : "";
    return Error{kind + finding.code, finding.message.en, finding.where, finding.help.en};
  }
  Programme programme = *in_force;
  programme.maps = std::move(parsed.maps);
  return std::make_shared<const Programme>(std::move(programme));
}

}  // namespace credence
