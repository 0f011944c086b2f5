#pragma once

#include <credence/charter/bench.h>

namespace credence {

// The parts of the charter's judgement, by topic. Each reads the file and says its findings.
void judge_requirements(Bench& bench);  // what charter/requirements.toml asks, key by key
void judge_names(Bench& bench);         // A01 to A06, A16, A31 to A34: what names betray, proxies
void judge_sources(Bench& bench);  // A01 to A07, A21, A31, A32: classes, kinds and media of sources
void judge_signals(Bench& bench);  // A07, A16, A33: the catalogue, caps, repair
void judge_uses(Bench& bench);     // A08, A10, A27, A30: the public list, the never-list
void judge_firewall(Bench& bench);    // A09, A11, A12: data of one context used in another
void judge_detriments(Bench& bench);  // A11, A15: caps, stacking, absence
void judge_consents(Bench& bench);    // A13, A14, A30
void judge_answers(Bench& bench);     // A10, A24: what partners learn
void judge_models(Bench& bench);      // A26, A32
void judge_duties(
    Bench& bench);  // A17, A18, A22, A23, A28, A29, A34: the operator's own organisation
void judge_society(Bench& bench);  // what runs only on people who do not exist: any article

// Whether a benefit's path without a score is as good: the rows of A12 in charter/requirements.toml
// (A12).
bool equal_path(const Bench& bench, const Place& benefit);

}  // namespace credence
