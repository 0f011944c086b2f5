#include <credence/published/models.h>
#include <credence/published/published.h>

#include <array>

namespace credence {

std::span<const PublishedModel> published_models() {
  static constexpr std::array kModels = {
      PublishedModel{"A", "Lending with moving credit scores",
                     "D'Amour et al. 2020, Fairness Is Not Static", lending_checks},
      PublishedModel{"B", "Delayed impact of fairness criteria",
                     "Liu et al. 2018, Delayed Impact of Fair Machine Learning",
                     delayed_impact_checks, true},
      PublishedModel{"C", "Runaway feedback in predictive policing",
                     "Ensign et al. 2018, Runaway Feedback Loops in Predictive Policing",
                     policing_checks},
      PublishedModel{"D", "Attention allocation with deterrence",
                     "D'Amour et al. 2020, Fairness Is Not Static", attention_checks},
      PublishedModel{"E", "Strategic classification: college admission",
                     "Milli et al. 2019, The Social Cost of Strategic Classification",
                     strategic_checks},
      PublishedModel{"F", "Performative prediction",
                     "Perdomo et al. 2020, Performative Prediction; Mendler-Duenner et al. 2020",
                     performative_checks},
      PublishedModel{"G", "Reputation and indirect reciprocity",
                     "Nowak and Sigmund 1998; Ohtsuki and Iwasa 2006", reputation_checks},
      PublishedModel{"H", "Conformism and self-censorship",
                     "Centola, Willer and Macy 2005; Granovetter 1978", conformism_checks},
      PublishedModel{"I", "Face matching and base rates",
                     "Grother, Ngan and Hanaoka 2019 (NIST IR 8280); NPL 2023", matching_checks},
      PublishedModel{"J", "Self-checks: money, jobs, networks, sensitivity",
                     "known results of each model", selfcheck_checks},
  };
  return kModels;
}

}  // namespace credence
