#include <credence/store/durable_file.h>
#include <credence/store/reading.h>
#include <credence/store/schema.h>
#include <credence/store/verification.h>

namespace credence {

Result<VerifyReport> verify_record(const std::string& directory, const Store::Options& options,
                                   const Progress& progress) {
  const std::string file = directory + "/credence.db";
  if (options.vfs.empty() && !file_exists(file)) {
    return Error{"store.missing", file + ": there is no record", {}, "create it first"};
  }
  Result<Database> database = Database::open(file, options.vfs, Access::read);
  if (!database) return database.error();
  Result<Done> configured = configure_reader(*database);
  if (!configured) return configured.error();
  Result<OpenedRecord> record = open_record(directory, *database);
  if (!record) return record.error();
  Verification verification{*database, *record->keys, record->origin, directory};
  return verification.run(progress);
}

}  // namespace credence
