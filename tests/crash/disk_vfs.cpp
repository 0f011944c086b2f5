// The glue between SQLite's VFS interface and Disk. Times and randomness come from the default VFS.
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>

#include "crash/disk.h"

namespace credence {

namespace {

constexpr std::size_t kRegion = 32768;

struct Handle {
  sqlite3_file base;  // SQLite looks at this part
  Disk* disk;
  std::shared_ptr<Disk::File> file;
  int lock;
  unsigned shared_slots, exclusive_slots;
};

Handle& of(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file);
}

void release_locks(Handle& handle) {
  Disk::File& file = *handle.file;
  if (handle.lock >= SQLITE_LOCK_SHARED) --file.sharers;
  if (file.reserved == &handle) file.reserved = nullptr;
  if (file.exclusive == &handle) file.exclusive = nullptr;
  handle.lock = SQLITE_LOCK_NONE;
}

int close(sqlite3_file* base) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  release_locks(handle);
  --handle.file->handles;
  handle.file.~shared_ptr();
  return SQLITE_OK;
}

int read(sqlite3_file* base, void* to, int count, sqlite3_int64 offset) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  return handle.disk->read(*handle.file, to, static_cast<std::size_t>(count),
                           static_cast<std::size_t>(offset));
}

int write(sqlite3_file* base, const void* from, int count, sqlite3_int64 offset) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  return handle.disk->write(*handle.file, from, static_cast<std::size_t>(count),
                            static_cast<std::size_t>(offset));
}

int truncate(sqlite3_file* base, sqlite3_int64 size) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  return handle.disk->truncate(*handle.file, static_cast<std::size_t>(size));
}

int sync(sqlite3_file* base, int) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  return handle.disk->sync(*handle.file);
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  *size = static_cast<sqlite3_int64>(handle.file->present.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file* base, int level) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  Disk::File& file = *handle.file;
  if (level <= handle.lock) return SQLITE_OK;
  bool others_exclude = file.exclusive != nullptr && file.exclusive != &handle;
  if (others_exclude) return SQLITE_BUSY;
  if (level >= SQLITE_LOCK_RESERVED && file.reserved != nullptr && file.reserved != &handle) {
    return SQLITE_BUSY;
  }
  int own = handle.lock >= SQLITE_LOCK_SHARED ? 1 : 0;
  if (level == SQLITE_LOCK_EXCLUSIVE && file.sharers > own) return SQLITE_BUSY;
  if (own == 0) ++file.sharers;
  if (level >= SQLITE_LOCK_RESERVED) file.reserved = &handle;
  if (level == SQLITE_LOCK_EXCLUSIVE) file.exclusive = &handle;
  handle.lock = level;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* base, int level) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  if (level >= handle.lock) return SQLITE_OK;
  release_locks(handle);
  if (level == SQLITE_LOCK_SHARED) {
    ++handle.file->sharers;
    handle.lock = SQLITE_LOCK_SHARED;
  }
  return SQLITE_OK;
}

int is_reserved(sqlite3_file* base, int* answer) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  *answer = handle.file->reserved != nullptr ? 1 : 0;
  return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return 512;
}
int characteristics(sqlite3_file*) {
  return 0;
}

int shm_map(sqlite3_file* base, int region, int, int extend, void volatile** memory) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  auto& regions = handle.file->regions;
  auto at = static_cast<std::size_t>(region);
  while (extend != 0 && regions.size() <= at) regions.push_back(std::make_unique<Byte[]>(kRegion));
  *memory = at < regions.size() ? regions[at].get() : nullptr;
  return SQLITE_OK;
}

int shm_lock(sqlite3_file* base, int first, int count, int flags) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (int pass = 0; pass < 2; ++pass) {
    for (int i = first; i < first + count; ++i) {
      Disk::File::Slot& slot = handle.file->slots[i];
      unsigned bit = 1u << i;
      if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        if (pass == 0) continue;
        if ((handle.shared_slots & bit) != 0) --slot.sharers;
        if ((handle.exclusive_slots & bit) != 0) slot.exclusive = false;
        handle.shared_slots &= ~bit;
        handle.exclusive_slots &= ~bit;
        continue;
      }
      bool own_share = (handle.shared_slots & bit) != 0;
      bool own_exclusive = (handle.exclusive_slots & bit) != 0;
      bool taken =
          (slot.exclusive && !own_exclusive) || (exclusive && slot.sharers > (own_share ? 1 : 0));
      if (pass == 0 && taken) return SQLITE_BUSY;
      if (pass == 0) continue;
      if (exclusive && !own_exclusive) {
        slot.exclusive = true;
        handle.exclusive_slots |= bit;
      } else if (!exclusive && !own_share) {
        ++slot.sharers;
        handle.shared_slots |= bit;
      }
    }
  }
  return SQLITE_OK;
}

void shm_barrier(sqlite3_file* base) {
  std::lock_guard lock{of(base).disk->mutex()};
}

int shm_unmap(sqlite3_file* base, int) {
  Handle& handle = of(base);
  std::lock_guard lock{handle.disk->mutex()};
  for (int i = 0; i < 8; ++i) {
    unsigned bit = 1u << i;
    if ((handle.shared_slots & bit) != 0) --handle.file->slots[i].sharers;
    if ((handle.exclusive_slots & bit) != 0) handle.file->slots[i].exclusive = false;
  }
  handle.shared_slots = handle.exclusive_slots = 0;
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {2,
                                     close,
                                     read,
                                     write,
                                     truncate,
                                     sync,
                                     file_size,
                                     lock_file,
                                     unlock_file,
                                     is_reserved,
                                     control,
                                     sector_size,
                                     characteristics,
                                     shm_map,
                                     shm_lock,
                                     shm_barrier,
                                     shm_unmap,
                                     nullptr,
                                     nullptr};

Disk& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<Disk*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* base, int flags, int* granted) {
  std::memset(static_cast<void*>(base), 0, sizeof(Handle));
  Disk& disk = disk_of(vfs);
  std::lock_guard lock{disk.mutex()};
  static std::atomic<int> nameless = 0;
  std::string name = path != nullptr ? path : "temporary-" + std::to_string(++nameless);
  std::shared_ptr<Disk::File> file = disk.find(name, (flags & SQLITE_OPEN_CREATE) != 0);
  if (!file) return SQLITE_CANTOPEN;
  Handle& handle = of(base);
  handle.disk = &disk;
  new (&handle.file) std::shared_ptr<Disk::File>(std::move(file));
  ++handle.file->handles;
  base->pMethods = &kMethods;
  if (granted != nullptr) *granted = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* path, int) {
  Disk& disk = disk_of(vfs);
  std::lock_guard lock{disk.mutex()};
  return disk.remove(path);
}

int access(sqlite3_vfs* vfs, const char* path, int, int* answer) {
  Disk& disk = disk_of(vfs);
  std::lock_guard lock{disk.mutex()};
  *answer = disk.find(path, false) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* to) {
  std::size_t count = std::strlen(path);
  if (count >= static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
  std::memcpy(to, path, count + 1);
  return SQLITE_OK;
}

sqlite3_vfs& registered(Disk& disk) {
  return *sqlite3_vfs_find(disk.name().c_str());
}

}  // namespace

void register_vfs(Disk& disk) {
  sqlite3_vfs* model = sqlite3_vfs_find(nullptr);
  sqlite3_vfs* vfs = new sqlite3_vfs(*model);
  vfs->pNext = nullptr;
  vfs->szOsFile = sizeof(Handle);
  vfs->zName = disk.name().c_str();
  vfs->pAppData = &disk;
  vfs->xOpen = open;
  vfs->xDelete = remove;
  vfs->xAccess = access;
  vfs->xFullPathname = full_path;
  // The rest asks the default VFS, which must then see its own data.
  vfs->xRandomness = [](sqlite3_vfs*, int count, char* to) {
    sqlite3_vfs* other = sqlite3_vfs_find("unix");
    return other->xRandomness(other, count, to);
  };
  vfs->xSleep = [](sqlite3_vfs*, int microseconds) {
    sqlite3_vfs* other = sqlite3_vfs_find("unix");
    return other->xSleep(other, microseconds);
  };
  vfs->xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* now) {
    sqlite3_vfs* other = sqlite3_vfs_find("unix");
    return other->xCurrentTimeInt64(other, now);
  };
  sqlite3_vfs_register(vfs, 0);
}

void unregister_vfs(Disk& disk) {
  sqlite3_vfs* vfs = &registered(disk);
  sqlite3_vfs_unregister(vfs);
  delete vfs;
}

}  // namespace credence
