#pragma once

namespace credence {

// What is counted of a group of rows. Events (bad) and non-events (good) are sums of weights;
// records are rows; `squares` is the sum of squared weights, from which the effective size of a
// weighted group follows: (events + nonevents)^2 / squares.
struct Tally {
  double events = 0, nonevents = 0;
  double records = 0;
  double squares = 0;

  double weight() const { return events + nonevents; }
  double rate() const { return events / weight(); }  // REQUIRES: weight() > 0

  Tally& operator+=(const Tally& other) {
    events += other.events;
    nonevents += other.nonevents;
    records += other.records;
    squares += other.squares;
    return *this;
  }
  bool operator==(const Tally&) const = default;
};

}  // namespace credence
