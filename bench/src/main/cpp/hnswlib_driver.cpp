// hnswlib behind the line protocol. Build: M, efConstruction. Search: ef.
#include <hnswlib/hnswlib.h>

#include <memory>

#include "side.hpp"

namespace {

class Hnswlib : public bench::Side {
 public:
  size_t build(const bench::Vectors& base, bool cosine, const bench::Parameters& parameters) override {
    if (cosine) {
      space = std::make_unique<hnswlib::InnerProductSpace>(base.dimension);
    } else {
      space = std::make_unique<hnswlib::L2Space>(base.dimension);
    }
    index = std::make_unique<hnswlib::HierarchicalNSW<float>>(
        space.get(), base.rows, bench::integer(parameters, "M"),
        bench::integer(parameters, "efConstruction"));
    for (size_t row = 0; row < base.rows; row++) index->addPoint(base.row(row), row);
    return bytes(base.rows);
  }

  void use(const bench::Parameters& parameters) override {
    index->setEf(bench::integer(parameters, "ef"));
  }

  int search(const float* query, int32_t* rows) override {
    auto results = index->searchKnn(query, bench::TOP_K);
    int count = static_cast<int>(results.size());
    for (int i = count - 1; i >= 0; i--) {
      rows[i] = static_cast<int32_t>(results.top().second);
      results.pop();
    }
    return count;
  }

 private:
  std::unique_ptr<hnswlib::SpaceInterface<float>> space;
  std::unique_ptr<hnswlib::HierarchicalNSW<float>> index;

  // Records of level 0, lists of upper levels with their pointers, levels. Locks, visited marks
  // and the table of labels are left out.
  size_t bytes(size_t rows) const {
    size_t bytes = rows * (index->size_data_per_element_ + sizeof(char*) + sizeof(int));
    for (size_t row = 0; row < rows; row++) {
      bytes += static_cast<size_t>(index->element_levels_[row]) * index->size_links_per_element_;
    }
    return bytes;
  }
};

}  // namespace

int main() {
  Hnswlib side;
  return bench::serve(side);
}
