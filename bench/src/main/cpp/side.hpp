// What the drivers of C++ libraries have in common: reading the vectors and speaking the line
// protocol of dev.sagitta.bench.side (its package documentation specifies it).
#pragma once

#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

constexpr int TOP_K = 10;

using Parameters = std::map<std::string, std::string>;

// Rows of floats, one after another.
struct Vectors {
  size_t rows = 0;
  size_t dimension = 0;
  std::vector<float> values;

  const float* row(size_t number) const { return values.data() + number * dimension; }
};

// An index library. Used by one thread.
class Side {
 public:
  virtual ~Side() = default;

  // Builds over all rows (of unit length for cosine); returns the bytes that searches need in
  // memory, raw vectors included.
  virtual size_t build(const Vectors& base, bool cosine, const Parameters& parameters) = 0;

  // Prepares for searches with these parameters.
  virtual void use(const Parameters& parameters) = 0;

  // Writes at most TOP_K row numbers, best first, and returns how many.
  virtual int search(const float* query, int32_t* rows) = 0;
};

inline int integer(const Parameters& parameters, const std::string& name) {
  auto found = parameters.find(name);
  if (found == parameters.end()) throw std::runtime_error("parameter is missing: name=" + name);
  return std::stoi(found->second);
}

inline std::string text(const Parameters& parameters, const std::string& name) {
  auto found = parameters.find(name);
  if (found == parameters.end()) throw std::runtime_error("parameter is missing: name=" + name);
  return found->second;
}

namespace detail {

inline int64_t nanos(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<int64_t>(time.tv_sec) * 1000000000 + time.tv_nsec;
}

// Reads .fvecs: per row an int32 dimension, then that many floats.
inline Vectors read(const std::string& path, size_t rows_max, bool unit_length) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read: file=" + path);
  Vectors vectors;
  int32_t dimension;
  while (vectors.rows < rows_max &&
         file.read(reinterpret_cast<char*>(&dimension), sizeof(dimension))) {
    vectors.dimension = static_cast<size_t>(dimension);
    size_t start = vectors.values.size();
    vectors.values.resize(start + vectors.dimension);
    float* row = vectors.values.data() + start;
    file.read(reinterpret_cast<char*>(row), static_cast<std::streamsize>(sizeof(float) * vectors.dimension));
    if (unit_length) {
      double norm = 0;
      for (size_t i = 0; i < vectors.dimension; i++) norm += static_cast<double>(row[i]) * row[i];
      norm = norm > 0 ? std::sqrt(norm) : 1;
      for (size_t i = 0; i < vectors.dimension; i++) row[i] = static_cast<float>(row[i] / norm);
    }
    vectors.rows++;
  }
  return vectors;
}

inline Parameters parameters(std::istringstream& words) {
  Parameters parameters;
  std::string word;
  while (words >> word) {
    size_t equals = word.find('=');
    if (equals == std::string::npos) throw std::runtime_error("not NAME=VALUE: " + word);
    parameters[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return parameters;
}

class Server {
 public:
  explicit Server(Side& side) : side(side) {}

  void answer(const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    words >> verb;
    if (verb == "load") {
      load(words);
    } else if (verb == "build") {
      build(words);
    } else if (verb == "search") {
      search(words);
    } else {
      throw std::runtime_error("unknown command: " + verb);
    }
  }

 private:
  Side& side;
  bool cosine = false;
  Vectors base;
  Vectors queries;

  void load(std::istringstream& words) {
    std::string base_file, query_file, metric;
    size_t rows_max;
    words >> base_file >> query_file >> metric >> rows_max;
    cosine = metric == "COSINE";
    base = read(base_file, rows_max, cosine);
    queries = read(query_file, SIZE_MAX, cosine);
    std::cout << "loaded" << std::endl;
  }

  void build(std::istringstream& words) {
    Parameters given = parameters(words);
    int64_t wall = nanos(CLOCK_MONOTONIC);
    int64_t cpu = nanos(CLOCK_PROCESS_CPUTIME_ID);
    size_t bytes = side.build(base, cosine, given);
    cpu = nanos(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = nanos(CLOCK_MONOTONIC) - wall;
    Vectors().values.swap(base.values);
    std::cout << "built " << wall << ' ' << cpu << ' ' << bytes << std::endl;
  }

  void search(std::istringstream& words) {
    size_t from, to;
    words >> from >> to;
    side.use(parameters(words));
    size_t count = to - from;
    std::vector<int64_t> latencies(count);
    std::vector<int32_t> rows(count * TOP_K, -1);
    int64_t cpu = nanos(CLOCK_THREAD_CPUTIME_ID);
    int64_t start = nanos(CLOCK_MONOTONIC);
    int64_t before = start;
    for (size_t i = 0; i < count; i++) {
      side.search(queries.row(from + i), rows.data() + i * TOP_K);
      int64_t after = nanos(CLOCK_MONOTONIC);
      latencies[i] = after - before;
      before = after;
    }
    cpu = nanos(CLOCK_THREAD_CPUTIME_ID) - cpu;
    std::sort(latencies.begin(), latencies.end());
    std::ostringstream reply;
    reply << "searched " << before - start << ' ' << cpu << ' ' << latencies[count / 2] << ' '
          << latencies[count * 99 / 100] << " -1";
    for (int32_t row : rows) reply << ' ' << row;
    std::cout << reply.str() << std::endl;
  }
};

}  // namespace detail

// Answers commands from standard input until it ends.
inline int serve(Side& side) {
  detail::Server server(side);
  std::string line;
  while (std::getline(std::cin, line)) {
    try {
      server.answer(line);
    } catch (const std::exception& failure) {
      std::cout << "failed " << failure.what() << std::endl;
    }
  }
  return 0;
}

}  // namespace bench
