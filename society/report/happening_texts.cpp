#include <credence/report/happening_texts.h>

#include <iterator>

namespace credence {

namespace {

struct HappeningText {
  std::string_view name;
  StoryWeight weight;
  Text words;
};
using W = StoryWeight;

// In the order of Happening.
const HappeningText kHappenings[] = {
    {"earned", W::everyday, {"has an income", "touche un revenu"}},
    {"lost-job", W::telling, {"loses the job", "perd son emploi"}},
    {"found-job", W::telling, {"finds a job", "trouve un emploi"}},
    {"had-shock", W::minor, {"has an unexpected expense", "a une dépense imprévue"}},
    {"paid-late", W::minor, {"pays a bill late", "paie une facture en retard"}},
    {"left-unpaid", W::telling, {"leaves a bill unpaid", "laisse une facture impayée"}},
    {"overdrawn", W::minor, {"overdraws the account", "est à découvert"}},
    {"missed-instalment", W::minor, {"misses an instalment", "manque une mensualité"}},
    {"defaulted", W::grave, {"defaults on a loan", "ne rembourse plus son prêt"}},
    {"wanted-rental", W::everyday, {"wants to rent something", "veut louer quelque chose"}},
    {"rental-without-deposit",
     W::minor,
     {"rents without a deposit", "loue sans verser de caution"}},
    {"rental-with-deposit", W::minor, {"rents against a deposit", "loue contre une caution"}},
    {"rental-not-afforded",
     W::telling,
     {"cannot pay the deposit and goes without", "ne peut payer la caution et s'en passe"}},
    {"rental-lost", W::telling, {"loses what was rented", "perd ce qui était loué"}},
    {"wanted-loan", W::everyday, {"asks for a loan", "demande un prêt"}},
    {"loan-granted", W::telling, {"gets a loan", "obtient un prêt"}},
    {"loan-refused", W::grave, {"is refused a loan", "se voit refuser un prêt"}},
    {"wanted-home", W::everyday, {"looks for a home", "cherche un logement"}},
    {"home-found", W::telling, {"finds a home", "trouve un logement"}},
    {"home-refused", W::grave, {"is refused a home", "se voit refuser un logement"}},
    {"moved", W::minor, {"moves home", "déménage"}},
    {"wanted-trip", W::everyday, {"wants to travel", "veut voyager"}},
    {"trip-refused", W::grave, {"is refused a ticket", "se voit refuser un billet"}},
    {"wanted-job", W::everyday, {"applies for a job", "postule à un emploi"}},
    {"job-refused", W::grave, {"is refused a job", "se voit refuser un emploi"}},
    {"wanted-school", W::everyday, {"applies to a school", "demande une école"}},
    {"school-refused", W::grave, {"is refused a school", "se voit refuser une école"}},
    {"critical", W::everyday, {"is critical of something", "a une critique à faire"}},
    {"spoke", W::minor, {"says what is wrong", "dit ce qui ne va pas"}},
    {"praised", W::minor, {"praises those in power", "loue le pouvoir"}},
    {"held-back", W::telling, {"keeps a critical opinion quiet", "tait une critique"}},
    {"volunteered", W::minor, {"volunteers", "fait du bénévolat"}},
    {"offended", W::telling, {"commits a minor offence", "commet une petite infraction"}},
    {"enrolled-now", W::telling, {"joins the programme", "entre dans le programme"}},
    {"scored", W::everyday, {"is scored", "reçoit un score"}},
    {"not-enough-data",
     W::everyday,
     {"is too little known to be scored", "reste sans score, faute de données"}},
    {"true-alert", W::grave, {"is recognised by a camera", "déclenche une alerte de caméra"}},
    {"false-alert",
     W::grave,
     {"is taken for somebody else by a camera", "passe pour quelqu'un d'autre devant une caméra"}},
    {"sanctioned", W::grave, {"is sanctioned", "reçoit une sanction"}},
    {"wrongly-sanctioned",
     W::grave,
     {"is sanctioned by mistake", "reçoit une sanction par erreur"}},
    {"put-on-black-list", W::grave, {"is put on the black list", "entre sur la liste noire"}},
    {"put-on-red-list", W::telling, {"is put on the red list", "entre sur la liste rouge"}},
    {"name-published", W::grave, {"has the name published", "voit son nom publié"}},
    {"hit-through-others",
     W::telling,
     {"loses because of whom they know", "perd à cause de ses relations"}},
    {"lost-friend", W::telling, {"is dropped by a friend", "perd un ami ou une amie"}},
    {"gamed", W::minor, {"spends money to look good", "dépense pour paraître"}},
    {"fault-recorded",
     W::telling,
     {"gets a mistake on the record", "a une erreur dans son dossier"}},
    {"fault-found",
     W::telling,
     {"finds the mistake on the record", "découvre l'erreur du dossier"}},
    {"appeal-opened", W::telling, {"appeals", "dépose un recours"}},
    {"appeal-won", W::telling, {"wins the appeal", "gagne le recours"}},
    {"appeal-lost", W::grave, {"loses the appeal", "perd le recours"}},
    {"reliable", W::everyday, {"would keep the promise", "tiendrait sa promesse"}},
};
static_assert(std::size(kHappenings) == static_cast<std::size_t>(Happening::count_));

const HappeningText& entry_of(Happening happening) {
  return kHappenings[static_cast<std::size_t>(happening)];
}

// In the order of Sphere.
const Text kSphereWords[] = {
    {"rentals", "la location"}, {"credit", "le crédit"}, {"housing", "le logement"},
    {"travel", "les voyages"},  {"work", "le travail"},  {"school", "l'école"},
    {"speech", "la parole"},
};
static_assert(std::size(kSphereWords) == kSpheres);

}  // namespace

std::string_view name_of(Happening happening) {
  return entry_of(happening).name;
}
const Text& words_of(Happening happening) {
  return entry_of(happening).words;
}
StoryWeight weight_of(Happening happening) {
  return entry_of(happening).weight;
}
const Text& words_of(Sphere sphere) {
  return kSphereWords[static_cast<std::size_t>(sphere)];
}

}  // namespace credence
