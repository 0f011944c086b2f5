#pragma once

#include <credence/base/money.h>
#include <credence/base/text.h>
#include <credence/base/time.h>
#include <credence/programme/operation.h>
#include <credence/programme/schema.h>

#include <string_view>

namespace credence {

// The parts of a condition as people say them. Field names stay the file's own words.
Text say_field(std::string_view name);
Text say_today();
Text say_integer(std::string_view digits);
Text say_money(Money money);
Text say_truth(std::int64_t truth);
Text say_choice(std::string_view choice);
Text say_shift(const Text& date, Period period, std::string_view sign);
Text say_missing(const Text& field);
Text say_compare(const Text& left, Operation operation, const Text& right, FieldType type);
Text say_that(const Text& flag);  // a flag that stands alone
Text say_not(const Text& condition);
Text say_both(const Text& left, const Text& right);
Text say_either(const Text& left, const Text& right);
Text say_grouped(const Text& condition);
Text say_period(Period period);

}  // namespace credence
