#pragma once

#include <credence/base/finding.h>
#include <credence/charter/catalogue.h>
#include <credence/charter/requirement.h>
#include <credence/programme/programme.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// What no programme may do to people, as data: the articles with their rule, law and evidence in
// both languages, the public catalogue, and what a file must say key by key. charter/*.toml,
// compiled in.
struct Article {
  std::string id;  // A01 ... A35
  Text rule;
  Text forbids;  // or requires
  struct Law {
    std::string jurisdiction;  // eu | us | cn
    std::string cite;
    bool verify = false;  // the wording must be verified in the primary source before it is quoted
  };
  std::vector<Law> law;
  Text evidence;
  Text mend;
  std::string good, bad;  // a tiny example of each, in the words of the programme file
};

// What of a file runs only on people who do not exist, and the articles that refuse it for real
// ones: rows of charter/society.toml, for the sections [society.ID] of a programme. The charter
// knows no more of them than this: their content is not its business.
struct SocietySection {
  std::string id;  // "*": any section that no other row names
  std::vector<std::string> articles;
  std::string key;   // only where this key of the section ...
  TomlNode is = {};  // ... has this value: a flag or a whole number
  Text what;         // what it does to people
};

// "EU: GDPR 9(1)"; a law whose wording is to be verified says so.
std::string to_text(const Article::Law& law);

// The whole article for `credence explain A07`: rule, what it forbids or requires, law by
// jurisdiction, the evidence that is recorded, how to mend, and an example of each kind. Ends with
// a newline.
std::string explain(const Article& article, Language language);

class Charter {
 public:
  static const Charter& builtin();  // a broken embedded file is a defect, found by the unit tests

  const std::vector<Article>& articles() const { return articles_; }
  const Article* find(std::string_view id) const;
  const std::string& version() const { return version_; }
  const Catalogue& catalogue() const { return catalogue_; }
  const std::vector<Requirement>& requirements() const { return requirements_; }
  const std::vector<SocietySection>& society() const { return society_; }

 private:
  Charter() = default;
  std::string version_;
  std::vector<Article> articles_;
  Catalogue catalogue_;
  std::vector<Requirement> requirements_;
  std::vector<SocietySection> society_;
};

// What the charter has to say about a file, whatever its shape: also when the file could not be
// typed, so that its author sees every finding in one run. In the order of the file.
Findings judge(const TomlNode& document, const Charter& charter);

struct Admission;

// A programme that the charter admits. There is no other way to make one, and no switch.
class LawfulProgramme {
 public:
  const Programme& operator*() const { return *programme_; }
  const Programme* operator->() const { return programme_.get(); }

 private:
  friend Admission admit(Programme programme, const Charter& charter);
  explicit LawfulProgramme(Programme programme)
      : programme_(std::make_shared<const Programme>(std::move(programme))) {}
  std::shared_ptr<const Programme> programme_;
};

struct Admission {
  std::optional<LawfulProgramme> lawful;  // present exactly when no finding is an error
  Findings findings;                      // in the order of the file
};

// Judges what the programme's text says: the text is read again, so that a value changed in memory
// after the reading is never admitted, and what is admitted is what is published.
Admission admit(Programme programme, const Charter& charter);

// A file of [[map]] entries kept beside a lawful programme reads columns too: the same rules on
// names.
Findings judge_maps(const TomlNode& maps, const LawfulProgramme& programme, const Charter& charter);

}  // namespace credence
