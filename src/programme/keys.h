#pragma once

#include <credence/programme/shape.h>

#include <span>

namespace credence {

// Every key that a programme file may have, with its kind.
std::span<const TableKeys> programme_keys();

// Every key that a file of [[map]] entries alone may have.
std::span<const TableKeys> map_keys();

}  // namespace credence
