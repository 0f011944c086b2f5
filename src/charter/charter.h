#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <credence/base/finding.h>
#include <credence/programme/programme.h>

namespace credence {

// What no programme may do to people, as data: the articles with their rule, law and evidence in both
// languages, the signal classes, the never-list of contexts, the forbidden proxies. charter/*.toml, compiled in.
struct Article {
  std::string id;  // A01 ... A35
  Text rule;
  Text forbids;    // or requires
  struct Law {
    std::string jurisdiction;  // eu | us | cn
    std::string cites;
  };
  std::vector<Law> law;
  Text evidence;
  Text mend;
};

class Charter {
 public:
  static const Charter& builtin();  // a broken embedded file is a defect, found by the unit tests

  const std::vector<Article>& articles() const { return articles_; }
  const Article* find(std::string_view id) const;
  const std::string& version() const { return version_; }

 private:
  std::string version_;
  std::vector<Article> articles_;
};

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
Admission admit(Programme programme, const Charter& charter);

}  // namespace credence
