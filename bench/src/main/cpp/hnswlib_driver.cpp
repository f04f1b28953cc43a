// Builds an hnswlib index and answers benchmark rounds on one thread, driven by AnnBenchmark.
//
// Usage: hnswlib_driver FOLDER M EF_CONSTRUCTION
// Prints "built SECONDS". Then, for each line "EF" read from standard input, searches all queries
// of the folder once for 10 rows and prints "RECALL SECONDS".
#include <hnswlib/hnswlib.h>
#include <time.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

static const int TOP_K = 10;

// Processor time of this thread: other processes do not count.
static double thread_seconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

template <class T>
static std::vector<std::vector<T>> read_rows(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::vector<T>> rows;
  int32_t count;
  while (file.read(reinterpret_cast<char*>(&count), sizeof(count))) {
    std::vector<T> row(count);
    file.read(reinterpret_cast<char*>(row.data()), sizeof(T) * count);
    rows.push_back(std::move(row));
  }
  return rows;
}

static void normalize(std::vector<std::vector<float>>& rows) {
  for (auto& row : rows) {
    double norm = 0;
    for (float value : row) norm += static_cast<double>(value) * value;
    norm = std::sqrt(norm);
    for (float& value : row) value = static_cast<float>(value / norm);
  }
}

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: hnswlib_driver FOLDER M EF_CONSTRUCTION" << std::endl;
    return 2;
  }
  std::string folder = argv[1];
  auto base = read_rows<float>(folder + "/base.fvecs");
  auto queries = read_rows<float>(folder + "/query.fvecs");
  auto neighbors = read_rows<int32_t>(folder + "/neighbors.ivecs");
  normalize(base);
  normalize(queries);

  hnswlib::InnerProductSpace space(base[0].size());
  hnswlib::HierarchicalNSW<float> index(&space, base.size(), std::atoi(argv[2]), std::atoi(argv[3]));
  double start = thread_seconds();
  for (size_t row = 0; row < base.size(); row++) index.addPoint(base[row].data(), row);
  std::cout << "built " << (thread_seconds() - start) << std::endl;

  int ef;
  while (std::cin >> ef) {
    index.setEf(ef);
    int64_t found = 0;
    start = thread_seconds();
    for (size_t query = 0; query < queries.size(); query++) {
      auto results = index.searchKnn(queries[query].data(), TOP_K);
      while (!results.empty()) {
        int32_t row = static_cast<int32_t>(results.top().second);
        for (int i = 0; i < TOP_K; i++) found += neighbors[query][i] == row;
        results.pop();
      }
    }
    double seconds = thread_seconds() - start;
    std::cout << static_cast<double>(found) / (TOP_K * queries.size()) << " " << seconds << std::endl;
  }
  return 0;
}
