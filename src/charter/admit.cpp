#include <credence/charter/checks.h>

namespace credence {

Findings judge(const TomlNode& document, const Charter& charter) {
  Bench bench{document, charter};
  if (is_for_society_alone(document)) {
    // What a programme for real people must say is no help to a file that has nothing for them.
    judge_society(bench);
    return bench.finish();
  }
  judge_requirements(bench);
  judge_names(bench);
  judge_sources(bench);
  judge_signals(bench);
  judge_uses(bench);
  judge_firewall(bench);
  judge_detriments(bench);
  judge_consents(bench);
  judge_answers(bench);
  judge_models(bench);
  judge_duties(bench);
  judge_society(bench);
  return bench.finish();
}

namespace {

// Which benefits grant credit is the public list's to say (A27), not a word in the file.
void mark_credit(Programme& programme, const Charter& charter) {
  Bench bench{programme.document, charter};
  for (Benefit& benefit : programme.benefits) {
    Place written = bench.find("benefit", "id", benefit.id)["kind"];
    const ListedConsequence* listed = charter.catalogue().find_listed(written.text());
    benefit.credit = listed != nullptr && listed->credit;
  }
}

}  // namespace

Admission admit(Programme programme, const Charter& charter) {
  ParsedProgramme read = parse_programme(programme.text, programme.file);
  if (!read.programme) return {std::nullopt, std::move(read.findings)};
  Admission admission{std::nullopt, judge(read.programme->document, charter)};
  if (has_errors(admission.findings)) return admission;
  mark_credit(*read.programme, charter);
  admission.lawful = LawfulProgramme{*std::move(read.programme)};
  return admission;
}

}  // namespace credence
