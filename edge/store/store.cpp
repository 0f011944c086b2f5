#include <credence/store/durable_file.h>
#include <credence/store/reading.h>
#include <credence/store/schema.h>
#include <credence/store/store.h>
#include <credence/store/writer.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/prctl.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <thread>
#include <utility>

namespace credence {

namespace {

// Something for the writer thread: a call of append(), or another piece of work that goes alone.
struct Task {
  AppendCall call;
  std::function<Result<Done>(Writer&)> work;  // an error stops the store
  std::optional<Error> refused;               // the store had stopped, or stopped on this
  std::atomic<bool> done = false;
};

class LiveStore final : public ReadingStore {
 public:
  LiveStore(std::string directory, Options options, OpenedRecord record, Clock clock, LockFile lock)
      : ReadingStore(std::move(directory), std::move(options), std::move(record.origin),
                     std::move(record.keys)),
        clock_(std::move(clock)),
        lock_(std::move(lock)) {}
  ~LiveStore() override;

  Result<Done> start();

  std::uint64_t size() const override {
    std::shared_lock lock{state_mutex_};
    return edge_.size();
  }
  Instant now() const override { return std::max(clock_(), last_recorded()); }
  Instant last_recorded() const override {
    std::shared_lock lock{state_mutex_};
    return last_recorded_;
  }

  Result<std::vector<Appended>> append(std::vector<Draft> drafts) override;
  Result<std::string> publish() override;
  Result<Erased> erase(std::string_view subject, std::string_view basis,
                       std::string_view reason) override;
  Result<Erased> erase_facts(std::string_view subject, std::span<const std::uint64_t> indexes,
                             std::string_view reason) override;
  Result<Erased> append_and_erase_facts(std::vector<Draft> drafts, std::string_view subject,
                                        std::span<const std::uint64_t> indexes,
                                        std::string_view reason) override;
  Result<std::uint32_t> rotate_keys() override;

 protected:
  Result<RightEdge> edge() const override {
    std::shared_lock lock{state_mutex_};
    return edge_;
  }

 private:
  using Batch = std::vector<std::shared_ptr<Task>>;
  KeyRing& keys() { return *keys_; }
  Result<Done> submit(const std::shared_ptr<Task>& task);
  Result<Done> do_alone(std::function<Result<Done>(Writer&)> work);
  void write_until_closed();
  Batch take();
  Result<Done> carry_out(const Batch& batch);
  void stop(const Error& error);
  void show_progress();

  const Clock clock_;
  const LockFile lock_;
  std::unique_ptr<Writer> writer_;  // the writer thread's, once it runs
  std::thread thread_;

  std::mutex queue_mutex_;
  std::condition_variable queue_filled_;
  std::deque<std::shared_ptr<Task>> queue_;
  std::size_t waiting_drafts_ = 0;
  bool closing_ = false;
  std::optional<Error> stopped_;  // why nothing is written any more

  mutable std::shared_mutex state_mutex_;
  RightEdge edge_;
  Instant last_recorded_ = {};
};

Result<Done> LiveStore::start() {
  Result<std::unique_ptr<Writer>> writer = Writer::open(directory_, options_, origin_, keys());
  if (!writer) return writer.error();
  writer_ = std::move(*writer);
  Result<Done> done = writer_->replay_erasures();
  if (!done) return done;
  Result<Done> head = writer_->compare_with_head();
  if (!head && head.error().code != "store.rollback") return head;
  if (!head) stopped_ = head.error();
  // An older copy of the record must not decide which keys are still needed.
  if (head) done = writer_->settle_epochs();
  if (!done) return done;
  Result<bool> truncated = writer_->truncate();  // what an erasure left before a crash goes here
  if (!truncated) return truncated.error();
  Result<Lease> reader = lend();
  if (!reader) return reader.error();
  Result<Instant> last = (*reader)->last_recorded();
  if (!last) return last.error();
  writer_->start_from(*last);
  show_progress();
  thread_ = std::thread{[this] { write_until_closed(); }};
  return Done{};
}

LiveStore::~LiveStore() {
  {
    std::lock_guard lock{queue_mutex_};
    closing_ = true;
  }
  queue_filled_.notify_all();
  if (thread_.joinable()) thread_.join();
  close_readers();
  // A record that was closed in order is one file; a failure here loses nothing.
  if (writer_ && !stopped_) (void)writer_->truncate();
}

Result<Done> LiveStore::submit(const std::shared_ptr<Task>& task) {
  std::size_t drafts = task->call.drafts.size();
  {
    std::lock_guard lock{queue_mutex_};
    if (stopped_) return *stopped_;
    if (waiting_drafts_ > 0 && waiting_drafts_ + drafts > options_.queue_limit) {
      return Error{"store.busy",
                   fmt::format("{} facts wait to be written", waiting_drafts_),
                   {},
                   "try again in a moment"};
    }
    waiting_drafts_ += drafts;
    queue_.push_back(task);
  }
  queue_filled_.notify_one();
  task->done.wait(false);
  if (task->refused) return *task->refused;
  return Done{};
}

Result<Done> LiveStore::do_alone(std::function<Result<Done>(Writer&)> work) {
  auto task = std::make_shared<Task>();
  task->work = std::move(work);
  return submit(task);
}

LiveStore::Batch LiveStore::take() {
  std::unique_lock lock{queue_mutex_};
  queue_filled_.wait(lock, [this] { return closing_ || !queue_.empty(); });
  Batch batch;
  std::size_t drafts = 0;
  while (!queue_.empty()) {
    std::shared_ptr<Task>& next = queue_.front();
    std::size_t more = next->call.drafts.size();
    bool alone = next->work != nullptr;
    if (!batch.empty() && (alone || drafts + more > options_.batch_limit)) break;
    drafts += more;
    batch.push_back(std::move(next));
    queue_.pop_front();
    if (alone) break;
  }
  waiting_drafts_ -= drafts;
  return batch;
}

Result<Done> LiveStore::carry_out(const Batch& batch) {
  if (batch.front()->work) return batch.front()->work(*writer_);
  std::vector<AppendCall*> calls;
  calls.reserve(batch.size());
  for (const std::shared_ptr<Task>& task : batch) calls.push_back(&task->call);
  return writer_->commit(calls);
}

void LiveStore::write_until_closed() {
  while (true) {
    Batch batch = take();
    if (batch.empty()) return;
    std::optional<Error> refused;
    {
      std::lock_guard lock{queue_mutex_};
      refused = stopped_;
    }
    if (!refused) {
      Result<Done> done = carry_out(batch);
      if (!done) refused = done.error();
      if (!done) stop(done.error());
      if (done) show_progress();
    }
    for (const std::shared_ptr<Task>& task : batch) {
      task->refused = refused;
      task->done = true;
      task->done.notify_one();
    }
    if (refused) continue;
    Result<Done> tended = writer_->tend();
    if (!tended) stop(tended.error());
  }
}

// A page that could not be written may look clean afterwards, so a second try would promise what
// the disk does not hold. Only opening the record again, from what the disk holds, ends this.
void LiveStore::stop(const Error& error) {
  std::lock_guard lock{queue_mutex_};
  stopped_ =
      Error{"store.stopped",
            "the record takes no facts any more, after: " + error.message,
            {},
            "look after the disk, then open the record again; what was acknowledged is safe"};
}

void LiveStore::show_progress() {
  std::unique_lock lock{state_mutex_};
  edge_ = writer_->edge();
  last_recorded_ = writer_->last_recorded();
}

Result<std::vector<Appended>> LiveStore::append(std::vector<Draft> drafts) {
  if (drafts.empty()) return std::vector<Appended>{};
  auto task = std::make_shared<Task>();
  task->call.drafts = std::move(drafts);
  Result<Done> done = submit(task);
  if (!done) return done.error();
  return std::move(task->call.result);
}

Result<std::string> LiveStore::publish() {
  std::string note;
  Result<Done> done = do_alone([&](Writer& writer) -> Result<Done> {
    Result<std::string> published = writer.publish();
    if (!published) return published.error();
    note = std::move(*published);
    return Done{};
  });
  if (!done) return done.error();
  return note;
}

Result<Store::Erased> LiveStore::erase(std::string_view subject, std::string_view basis,
                                       std::string_view reason) {
  Result<Erased> inner = Erased{};
  Result<Done> done = do_alone([&](Writer& writer) -> Result<Done> {
    Result<Result<Erased>> outer = writer.erase(subject, basis, reason, now());
    if (!outer) return outer.error();
    inner = std::move(*outer);
    return Done{};
  });
  if (!done) return done.error();
  return inner;
}

Result<Store::Erased> LiveStore::erase_facts(std::string_view subject,
                                             std::span<const std::uint64_t> indexes,
                                             std::string_view reason) {
  Result<Erased> inner = Erased{};
  Result<Done> done = do_alone([&](Writer& writer) -> Result<Done> {
    Result<Result<Erased>> outer = writer.erase_facts(subject, indexes, reason, now());
    if (!outer) return outer.error();
    inner = std::move(*outer);
    return Done{};
  });
  if (!done) return done.error();
  return inner;
}

Result<Store::Erased> LiveStore::append_and_erase_facts(std::vector<Draft> drafts,
                                                        std::string_view subject,
                                                        std::span<const std::uint64_t> indexes,
                                                        std::string_view reason) {
  Result<Erased> inner = Erased{};
  AppendCall call;
  call.drafts = std::move(drafts);
  Result<Done> done = do_alone([&](Writer& writer) -> Result<Done> {
    Result<Result<Erased>> outer =
        writer.append_and_erase_facts(call, subject, indexes, reason, now());
    if (!outer) return outer.error();
    inner = std::move(*outer);
    return Done{};
  });
  if (!done) return done.error();
  return inner;
}

Result<std::uint32_t> LiveStore::rotate_keys() {
  Writer::Rotated rotated;
  Result<Done> done = do_alone([&](Writer& writer) -> Result<Done> {
    Result<Writer::Rotated> result = writer.rotate_keys(now());
    if (!result) return result.error();
    rotated = std::move(*result);
    return Done{};
  });
  if (!done) return done.error();
  if (rotated.lost.empty()) return rotated.epoch;
  constexpr std::size_t kNamed = 20;
  std::size_t named = std::min(kNamed, rotated.lost.size());
  return Error{
      "store.lost",
      fmt::format("rotated to epoch {}, but {} damaged rows of the table subject did not open, and "
                  "their keys went with the old epoch: {}{}",
                  rotated.epoch, rotated.lost.size(),
                  fmt::join(rotated.lost.begin(),
                            rotated.lost.begin() + static_cast<std::ptrdiff_t>(named), ", "),
                  named < rotated.lost.size() ? ", ..." : ""),
      {},
      "everybody else's facts are readable; verify names the damaged rows"};
}

Result<std::unique_ptr<Store>> start_live(const std::string& directory, Clock clock,
                                          const Store::Options& options, OpenedRecord record,
                                          LockFile lock) {
  auto store = std::make_unique<LiveStore>(directory, options, std::move(record), std::move(clock),
                                           std::move(lock));
  Result<Done> started = store->start();
  if (!started) return started.error();
  return std::unique_ptr<Store>{std::move(store)};
}

Result<Done> refuse_existing(const std::string& directory, const Store::Options& options) {
  Error exists{"store.exists",
               directory + ": there is a record already",
               {},
               "open it, or name another folder"};
  if (file_exists(directory + "/head")) return exists;
  Result<Database> database = Database::open(directory + "/credence.db", options.vfs, Access::read);
  if (!database) return Done{};
  Result<RecordHeader> header = read_header(*database);
  if (header || header.error().code == "store.corrupt") return exists;
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Store>> Store::create(const std::string& directory,
                                             const std::string& origin, Clock clock,
                                             const Options& options) {
  Result<SigningKey> trial = SigningKey::from_seed(origin, Key{});
  if (!trial) {
    return Error{"store.origin",
                 trial.error().message,
                 {},
                 "an origin looks like trust.example/log1: no spaces, no plus sign"};
  }
  Result<Done> done = make_private_directory(directory);
  if (!done) return done.error();
  Result<LockFile> lock = LockFile::take(directory + "/lock");
  if (!lock) return lock.error();
  done = refuse_existing(directory, options);
  const std::string file = directory + "/credence.db";
  // SQLite would make the file readable for others; its other files take over this one's mode.
  if (done && options.vfs.empty()) done = write_durably(file, {});
  if (!done) return done.error();
  Randomness randomness;
  done = KeyRing::create(directory + "/keys", randomness);
  if (!done) return done.error();
  Result<std::unique_ptr<KeyRing>> keys = KeyRing::load(directory + "/keys", origin);
  if (!keys) return keys.error();
  done = Writer::create(directory, options, origin, **keys);
  if (!done) return done.error();
  return start_live(directory, std::move(clock), options, {origin, std::move(*keys)},
                    std::move(*lock));
}

Result<std::unique_ptr<Store>> Store::open(const std::string& directory, Clock clock,
                                           const Options& options) {
  const std::string file = directory + "/credence.db";
  if (!file_exists(directory) || (options.vfs.empty() && !file_exists(file))) {
    return Error{"store.missing", file + ": there is no record", {}, "create it first"};
  }
  Result<LockFile> lock = LockFile::take(directory + "/lock");
  if (!lock) return lock.error();
  Result<OpenedRecord> record = [&]() -> Result<OpenedRecord> {
    Result<Database> database = Database::open(file, options.vfs, Access::write);
    if (!database) return database.error();
    return open_record(directory, *database);
  }();
  if (!record) return record.error();
  return start_live(directory, std::move(clock), options, std::move(*record), std::move(*lock));
}

void keep_keys_out_of_core_dumps() {
  (void)::prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace credence
