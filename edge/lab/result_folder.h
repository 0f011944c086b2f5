#pragma once

#include <credence/base/result.h>

#include <string>

namespace credence {

// Makes the folder for results, before anything is lived, and looks whether files can be made in
// it: who waited for an hour must not learn then that the disk is read only. A folder that holds a
// record of real people, or that lies within one, is refused. Errors: society.record, file.write.
Result<Done> open_result_folder(const std::string& path);

}  // namespace credence
