// FAISS behind the line protocol, one thread. Build: factory (text of faiss::index_factory), and
// M with efConstruction for HNSW. Search: efSearch or nprobe, and k_factor with a refining index.
#include <faiss/IndexHNSW.h>
#include <faiss/IndexIVF.h>
#include <faiss/IndexRefine.h>
#include <faiss/index_factory.h>
#include <faiss/index_io.h>
#include <faiss/impl/io.h>
#include <omp.h>

#include <memory>

#include "side.hpp"

namespace {

class Faiss : public bench::Side {
 public:
  size_t build(const bench::Vectors& base, bool cosine, const bench::Parameters& parameters) override {
    index.reset(faiss::index_factory(
        static_cast<int>(base.dimension), bench::text(parameters, "factory").c_str(),
        cosine ? faiss::METRIC_INNER_PRODUCT : faiss::METRIC_L2));
    refine = dynamic_cast<faiss::IndexRefine*>(index.get());
    faiss::Index* searched = refine == nullptr ? index.get() : refine->base_index;
    hnsw = dynamic_cast<faiss::IndexHNSW*>(searched);
    ivf = dynamic_cast<faiss::IndexIVF*>(searched);
    if (hnsw != nullptr) hnsw->hnsw.efConstruction = bench::integer(parameters, "efConstruction");
    auto rows = static_cast<faiss::Index::idx_t>(base.rows);
    index->train(rows, base.row(0));
    index->add(rows, base.row(0));
    return bytes();
  }

  void use(const bench::Parameters& parameters) override {
    if (hnsw != nullptr) hnsw->hnsw.efSearch = bench::integer(parameters, "efSearch");
    if (ivf != nullptr) ivf->nprobe = static_cast<size_t>(bench::integer(parameters, "nprobe"));
    if (refine != nullptr) {
      refine->k_factor = static_cast<float>(bench::integer(parameters, "k_factor"));
    }
  }

  int search(const float* query, int32_t* rows) override {
    float distances[bench::TOP_K];
    faiss::Index::idx_t labels[bench::TOP_K];
    index->search(1, query, bench::TOP_K, distances, labels);
    for (int i = 0; i < bench::TOP_K; i++) rows[i] = static_cast<int32_t>(labels[i]);
    return bench::TOP_K;
  }

 private:
  std::unique_ptr<faiss::Index> index;
  faiss::IndexRefine* refine = nullptr;
  faiss::IndexHNSW* hnsw = nullptr;
  faiss::IndexIVF* ivf = nullptr;

  // Counts what the library would write: FAISS keeps the same arrays in memory.
  class Counter : public faiss::IOWriter {
   public:
    size_t bytes = 0;

    size_t operator()(const void*, size_t size, size_t count) override {
      bytes += size * count;
      return count;
    }
  };

  size_t bytes() const {
    Counter counter;
    faiss::write_index(index.get(), &counter);
    return counter.bytes;
  }
};

}  // namespace

int main() {
  omp_set_num_threads(1);
  Faiss side;
  return bench::serve(side);
}
