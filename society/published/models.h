#pragma once

#include <credence/published/published.h>

#include <vector>

namespace credence {

// The models behind published_models(), one function each: it runs the model on keyed draws, its
// replicates over the crew, and holds what it found against what was published. Each is empty when
// data is missing; none throws on bad data: a table that cannot be read is a check that fails.
std::vector<PublishedCheck> lending_checks(const PublishedSetting& setting, Crew& crew);
std::vector<PublishedCheck> delayed_impact_checks(const PublishedSetting& setting, Crew& crew);
std::vector<PublishedCheck> policing_checks(const PublishedSetting& setting, Crew& crew);
std::vector<PublishedCheck> attention_checks(const PublishedSetting& setting, Crew& crew);
std::vector<PublishedCheck> strategic_checks(const PublishedSetting& setting, Crew& crew);
std::vector<PublishedCheck> performative_checks(const PublishedSetting& setting, Crew& crew);
std::vector<PublishedCheck> reputation_checks(const PublishedSetting& setting, Crew& crew);
std::vector<PublishedCheck> conformism_checks(const PublishedSetting& setting, Crew& crew);
std::vector<PublishedCheck> matching_checks(const PublishedSetting& setting, Crew& crew);
std::vector<PublishedCheck> selfcheck_checks(const PublishedSetting& setting, Crew& crew);

}  // namespace credence
