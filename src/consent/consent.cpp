#include <credence/consent/consent.h>
#include <credence/consent/judgement.h>
#include <fmt/format.h>

namespace credence {

namespace {

bool covers(const Grant& grant, std::string_view purpose, std::string_view source,
            std::string_view recipient) {
  return grant.purpose == purpose && grant.source == source && grant.recipient == recipient;
}

bool withdrawn_by(const Grant& grant, Instant when, std::uint64_t known) {
  return grant.withdrawn && grant.withdrawn_by && *grant.withdrawn_by < known &&
         *grant.withdrawn <= when;
}

bool given_by(const Grant& grant, Instant when, std::uint64_t known) {
  return grant.index < known && grant.granted <= when;
}

// The person's last word on purpose, source and recipient until `when`, be it live or over.
const Grant* last_given(const Consents& consents, std::string_view purpose, std::string_view source,
                        std::string_view recipient, Instant when) {
  const Grant* last = nullptr;
  for (const Grant& grant : consents.grants()) {
    bool counts = covers(grant, purpose, source, recipient) && given_by(grant, when, UINT64_MAX);
    if (counts && (last == nullptr || grant.index > last->index)) last = &grant;
  }
  return last;
}

Refused nobody_enrolled() {
  return {
      "A28",
      {"nobody is enrolled under this name, and a record is never attached to a guess",
       "personne n'est inscrit sous ce nom, et une donnée n'est jamais rattachée par supposition"}};
}

Refused no_consent(const Source& source, const Grant* last, Instant now) {
  if (last != nullptr && withdrawn_by(*last, now, UINT64_MAX)) {
    std::string day = to_text(day_of(*last->withdrawn));
    return {"A14",
            {fmt::format("the consent for \"{}\" was withdrawn on {}", source.name.en, day),
             fmt::format("l'accord pour « {} » a été retiré le {}", source.name.fr, day)}};
  }
  if (last != nullptr) {
    std::string day = to_text(last->expires);
    return {"A13",
            {fmt::format("the consent for \"{}\" ended on {}", source.name.en, day),
             fmt::format("l'accord pour « {} » a pris fin le {}", source.name.fr, day)}};
  }
  return {"A13",
          {fmt::format("there is no consent for \"{}\" for this purpose", source.name.en),
           fmt::format("il n'y a pas d'accord pour « {} » pour cette finalité", source.name.fr)}};
}

Refused not_yet_happened(Date at, Date today) {
  return {"A07",
          {fmt::format("a record of {} cannot be verified on {}: it has not happened yet",
                       to_text(at), to_text(today)),
           fmt::format("une donnée du {} ne peut être vérifiée le {} : elle n'a pas encore eu lieu",
                       to_text(at), to_text(today))}};
}

Refused too_old(const Source& source, Date at, Date ended) {
  return {"A21",
          {fmt::format("a record of {} from \"{}\" could be kept until {} only", to_text(at),
                       source.name.en, to_text(ended)),
           fmt::format("une donnée du {} de « {} » ne pouvait être conservée que jusqu'au {}",
                       to_text(at), source.name.fr, to_text(ended))}};
}

// The day on which a record of the source, recorded at `now`, stops counting and goes.
Date retention_end(const Source& source, Date at, Instant now) {
  return add(source.clock_start == "recording" ? day_of(now) : at, source.retention);
}

}  // namespace

int Consents::withdraw(std::string_view source, std::uint64_t index, Instant when,
                       std::string_view recipient) {
  int ended = 0;
  for (Grant& grant : grants_) {
    bool meant = (source.empty() || grant.source == source) &&
                 (recipient.empty() || grant.recipient == recipient);
    if (!meant || grant.withdrawn || grant.index > index) continue;
    // An expired grant is ended as well: if a clock ever went back, it must not come to life again.
    if (day_of(when) < grant.expires) ++ended;
    grant.withdrawn_by = index;
    grant.withdrawn = when;
  }
  return ended;
}

const Grant* Consents::live(std::string_view purpose, std::string_view source,
                            std::string_view recipient, Instant when, std::uint64_t known) const {
  const Grant* found = nullptr;
  for (const Grant& grant : grants_) {
    bool holds = covers(grant, purpose, source, recipient) && given_by(grant, when, known) &&
                 day_of(when) < grant.expires && !withdrawn_by(grant, when, known);
    if (holds && (found == nullptr || grant.index > found->index)) found = &grant;
  }
  return found;
}

std::variant<std::uint64_t, Refused> judge(const Event& event, const Programme& programme,
                                           const Consents* consents, Instant now) {
  expects(event.type >= 0 && static_cast<std::size_t>(event.type) < programme.events.size(),
          "judge: unknown event type");
  if (consents == nullptr) return nobody_enrolled();
  const EventType& type = programme.events[static_cast<std::size_t>(event.type)];
  const Source& source = programme.sources[static_cast<std::size_t>(type.source)];
  const Grant* grant = consents->live(programme.purpose, source.id, kOperator, now);
  if (grant == nullptr) {
    return no_consent(source, last_given(*consents, programme.purpose, source.id, kOperator, now),
                      now);
  }
  Date today = day_of(now);
  if (event.at > today) return not_yet_happened(event.at, today);
  Date ended = retention_end(source, event.at, now);
  if (today >= ended) return too_old(source, event.at, ended);
  return grant->index;
}

std::variant<Admitted, Refused> admit(Event event, const LawfulProgramme& programme,
                                      const Consents* consents, Instant now) {
  auto judgement = judge(event, *programme, consents, now);
  if (auto* refused = std::get_if<Refused>(&judgement)) return std::move(*refused);
  return Admitted{std::move(event), std::get<std::uint64_t>(judgement), now};
}

}  // namespace credence
