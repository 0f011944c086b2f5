#include <credence/ledger/dossier.h>
#include <credence/ledger/read_facts.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace credence {

namespace {

// Among facts by rising index, the one at `index`, or nullptr.
template <class Facts>
auto* at_index(Facts& facts, std::uint64_t index) {
  auto found =
      std::ranges::lower_bound(facts, index, {}, [](const auto& one) { return one.index; });
  return found != facts.end() && found->index == index ? &*found : nullptr;
}

Error unreadable(const Fact& fact, std::string_view what) {
  return {"dossier.payload",
          fmt::format("fact {} ({}): {}", fact.index, name_of(fact.kind), what),
          {},
          "the record was made by another programme, or is damaged; run `credence verify`"};
}

// Reads the members of one fact's payload and remembers the first that is not as it should be.
class Members {
 public:
  explicit Members(const Fact& fact) : fact_(fact) {}

  std::string text(std::string_view key) {
    const Json* member = fact_.payload.find(key);
    if (member != nullptr && member->string() != nullptr) return *member->string();
    return fail<std::string>(key, "a text");
  }
  std::uint64_t index(std::string_view key) {
    const Json* member = fact_.payload.find(key);
    if (member != nullptr && member->integer() != nullptr && *member->integer() >= 0) {
      return static_cast<std::uint64_t>(*member->integer());
    }
    return fail<std::uint64_t>(key, "the index of a fact");
  }
  bool flag(std::string_view key) {
    const Json* member = fact_.payload.find(key);
    if (member != nullptr && member->boolean() != nullptr) return *member->boolean();
    return fail<bool>(key, "true or false");
  }
  Instant instant(std::string_view key) {
    auto parsed = parse_instant(text(key));
    return parsed ? *parsed : fail<Instant>(key, "a time, as in 2026-01-31T09:30:00Z");
  }
  Date date(std::string_view key) {
    auto parsed = parse_date(text(key));
    return parsed ? *parsed : fail<Date>(key, "a date, as in 2026-01-31");
  }
  DisputeOutcome outcome(std::string_view key) {
    std::string written = text(key);
    if (written == "corrected") return DisputeOutcome::corrected;
    if (written == "deleted") return DisputeOutcome::deleted;
    if (written == "kept") return DisputeOutcome::kept;
    return fail<DisputeOutcome>(key, "corrected, deleted or kept");
  }
  void absent(std::string_view key) {
    if (fact_.payload.find(key) != nullptr) fail<bool>(key, "a member of this kind of fact");
  }

  bool sound() const { return fault_.empty(); }
  Error error() const { return unreadable(fact_, fault_); }

 private:
  template <class T>
  T fail(std::string_view key, std::string_view wanted) {
    if (fault_.empty()) fault_ = fmt::format("`{}` is not {}", key, wanted);
    return T{};
  }
  const Fact& fact_;
  std::string fault_;
};

// What the source said, without what recording added to it.
Json event_part(const Json::Object& payload) {
  Json::Object part;
  for (const auto& [key, value] : payload) {
    bool is_added = key == "recorded" || key == "grant" || key == "source";
    if (!is_added) part.emplace_hint(part.end(), key, value);
  }
  return part;
}

class Reader {
 public:
  Reader(std::string subject, const Programme& programme) : programme_(programme) {
    dossier_.subject = std::move(subject);
  }

  Result<Done> read(const Fact& fact) {
    if (fact.payload.object() == nullptr) return unreadable(fact, "the payload is no JSON object");
    Members members(fact);
    switch (fact.kind) {
      case FactKind::event_recorded:
      case FactKind::correction_made:
        return read_event(fact, members);
      case FactKind::consent_granted:
        read_grant(fact, members);
        break;
      case FactKind::consent_withdrawn:
        read_withdrawal(fact, members);
        break;
      case FactKind::dispute_opened:
        read_dispute(fact, members);
        break;
      case FactKind::dispute_decided:
        read_decision(fact, members);
        break;
      default:
        read_statement(fact, members);
    }
    if (!members.sound()) return members.error();
    return Done{};
  }
  Dossier take() { return std::move(dossier_); }

 private:
  Result<Done> read_event(const Fact& fact, Members& members) {
    EventFact recorded;
    recorded.index = fact.index;
    recorded.recorded = members.instant("recorded");
    members.index("grant");
    if (fact.kind == FactKind::correction_made)
      members.index("corrects");
    else
      members.absent("corrects");
    if (!members.sound()) return members.error();
    const Json* type = fact.payload.find("event");
    if (type != nullptr && type->string() != nullptr &&
        programme_.find_event(*type->string()) < 0) {
      members.date("at");
      if (!members.sound()) return members.error();
      dossier_.foreign.push_back(fact.index);
      return Done{};
    }
    auto event = event_from_json(event_part(*fact.payload.object()), programme_);
    if (!event) return unreadable(fact, event.error().message);
    recorded.corrects = event->corrects;
    recorded.at = event->at;
    recorded.type = event->type;
    recorded.fields = event->fields;
    dossier_.events.push_back(recorded);
    return Done{};
  }
  void read_grant(const Fact& fact, Members& members) {
    Grant grant;
    grant.index = fact.index;
    grant.purpose = members.text("purpose");
    grant.source = members.text("source");
    grant.recipient = members.text("recipient");
    grant.granted = members.instant("recorded");
    grant.expires = members.date("expires");
    dossier_.consents.add(std::move(grant));
  }
  void read_withdrawal(const Fact& fact, Members& members) {
    std::string source = members.text("source");
    Instant when = members.instant("recorded");
    // Absent: for every recipient.
    std::string recipient =
        fact.payload.find("recipient") == nullptr ? "" : members.text("recipient");
    if (members.sound()) dossier_.consents.withdraw(source, fact.index, when, recipient);
  }
  void read_dispute(const Fact& fact, Members& members) {
    Dispute dispute;
    dispute.index = fact.index;
    dispute.record = members.index("record");
    dispute.because = members.text("because");
    dispute.opened = members.instant("recorded");
    dispute.frozen = members.flag("frozen");
    dossier_.disputes.push_back(std::move(dispute));
  }
  // The last decision stands. One whose dispute is not among the facts (erased, or not asked for)
  // is kept as a statement, so that nothing is lost.
  void read_decision(const Fact& fact, Members& members) {
    std::uint64_t about = members.index("dispute");
    Dispute* dispute = at_index(dossier_.disputes, about);
    if (dispute == nullptr) return read_statement(fact, members);
    Dispute::Decided decided;
    decided.index = fact.index;
    decided.outcome = members.outcome("outcome");
    decided.by = members.text("by");
    decided.because = members.text("because");
    decided.when = members.instant("recorded");
    dispute->decided = std::move(decided);
  }
  void read_statement(const Fact& fact, Members& members) {
    dossier_.statements.push_back(
        Statement{fact.index, fact.kind, members.instant("recorded"), fact.payload});
  }

  const Programme& programme_;
  Dossier dossier_;
};

}  // namespace

const EventFact* find_record(const Dossier& dossier, std::uint64_t index) {
  return at_index(dossier.events, index);
}
const Dispute* find_dispute(const Dossier& dossier, std::uint64_t index) {
  return at_index(dossier.disputes, index);
}
const Statement* find_statement(const Dossier& dossier, std::uint64_t index) {
  return at_index(dossier.statements, index);
}

std::vector<std::uint64_t> versions_of(const Dossier& dossier, std::uint64_t record) {
  std::vector<std::uint64_t> versions;
  std::set<std::uint64_t> seen;  // a record of another maker may lead back into itself
  std::optional<std::uint64_t> next = record;
  while (next && seen.insert(*next).second) {
    versions.push_back(*next);
    const EventFact* event = find_record(dossier, *next);
    next = event == nullptr ? std::nullopt : event->corrects;
  }
  return versions;
}

Result<Dossier> read_facts(std::string subject, std::span<const Fact> facts,
                           const Programme& programme) {
  Reader reader(std::move(subject), programme);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    expects(i == 0 || facts[i - 1].index < facts[i].index,
            "read_dossier: facts come by rising index");
    auto read = reader.read(facts[i]);
    if (!read) return read.error();
  }
  return reader.take();
}

Result<Dossier> read_dossier(std::string subject, std::span<const Fact> facts,
                             const LawfulProgramme& programme) {
  return read_facts(std::move(subject), facts, *programme);
}

}  // namespace credence
