#include <credence/intake/arrow.h>
#include <credence/native/capsules.h>
#include <credence/native/errors.h>

#include <cerrno>
#include <utility>

namespace credence {

namespace nb = nanobind;

namespace {

// One record batch as a stream, for producers that have no stream.
struct OneBatch {
  ArrowSchema schema = {};
  ArrowArray array = {};

  OneBatch() = default;
  OneBatch(const OneBatch&) = delete;
  OneBatch& operator=(const OneBatch&) = delete;
  ~OneBatch() {
    if (schema.release != nullptr) schema.release(&schema);
    if (array.release != nullptr) array.release(&array);
  }
};

OneBatch& batch_of(ArrowArrayStream* stream) {
  return *static_cast<OneBatch*>(stream->private_data);
}

// Moves a structure of the interface: the source is then released, as the interface demands.
template <class T>
T move_out(T& from) {
  T moved = from;
  from.release = nullptr;
  return moved;
}

ArrowArrayStream stream_of(ArrowSchema& schema, ArrowArray& array) {
  auto* batch = new OneBatch;
  batch->schema = move_out(schema);
  batch->array = move_out(array);
  ArrowArrayStream stream = {};
  stream.private_data = batch;
  stream.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    if (batch_of(self).schema.release == nullptr) return EINVAL;
    *out = move_out(batch_of(self).schema);
    return 0;
  };
  stream.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    *out = move_out(batch_of(self).array);
    return 0;
  };
  stream.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  stream.release = [](ArrowArrayStream* self) {
    delete &batch_of(self);
    self->release = nullptr;
  };
  return stream;
}

template <class T>
T& pointed_at(nb::handle capsule, const char* name) {
  void* pointer = PyCapsule_GetPointer(capsule.ptr(), name);
  if (pointer == nullptr) throw nb::python_error();
  return *static_cast<T*>(pointer);
}

Table from_arrow(const nb::object& producer) {
  ArrowArrayStream stream = {};
  if (nb::hasattr(producer, "__arrow_c_stream__")) {
    const nb::object capsule = producer.attr("__arrow_c_stream__")();
    stream = move_out(pointed_at<ArrowArrayStream>(capsule, "arrow_array_stream"));
    return value_or_raise(from_arrow_stream(&stream));
  }
  const auto capsules = nb::cast<nb::tuple>(producer.attr("__arrow_c_array__")());
  if (capsules.size() != 2) throw nb::type_error("__arrow_c_array__ must give two capsules");
  stream = stream_of(pointed_at<ArrowSchema>(capsules[0], "arrow_schema"),
                     pointed_at<ArrowArray>(capsules[1], "arrow_array"));
  return value_or_raise(from_arrow_stream(&stream));
}

}  // namespace

void bind_capsules(nb::module_& module) {
  module.def(
      "from_arrow", &from_arrow, nb::arg("producer"),
      "The table of an object that has __arrow_c_stream__ or __arrow_c_array__. Numbers stay "
      "where they are.");
}

}  // namespace credence
