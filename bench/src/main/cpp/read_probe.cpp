// How fast one thread can read memory in sequence. Usage: read_probe BYTES. For each line read from
// standard input it reads the memory once in each of several ways and prints the best, in bytes per
// second of processor time (a thread that waits for memory uses its processor).
#include <immintrin.h>
#include <time.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>

namespace {

constexpr size_t ALIGNMENT = size_t{2} << 20;
constexpr size_t STEP = 512;

volatile int64_t sink;

// Processor time of this thread.
double seconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

#ifdef __AVX512F__
using Lanes = __m512i;
inline Lanes zero() { return _mm512_setzero_si512(); }
inline Lanes load(const char* from) { return _mm512_load_si512(from); }
inline Lanes both(Lanes left, Lanes right) { return _mm512_or_si512(left, right); }
#else
using Lanes = __m256i;
inline Lanes zero() { return _mm256_setzero_si256(); }
inline Lanes load(const char* from) { return _mm256_load_si256(reinterpret_cast<const __m256i*>(from)); }
inline Lanes both(Lanes left, Lanes right) { return _mm256_or_si256(left, right); }
#endif

// Reads STREAMS equal parts side by side, fetching AHEAD bytes ahead (0: left to the processor).
template <int STREAMS, size_t AHEAD>
double read(const char* memory, size_t bytes) {
  size_t part = bytes / STREAMS / STEP * STEP;
  Lanes sums[4] = {zero(), zero(), zero(), zero()};
  double start = seconds();
  for (size_t at = 0; at < part; at += STEP) {
    for (int stream = 0; stream < STREAMS; stream++) {
      const char* from = memory + stream * part + at;
      if (AHEAD > 0) {
        for (size_t line = 0; line < STEP; line += 64) _mm_prefetch(from + AHEAD + line, _MM_HINT_T0);
      }
      for (size_t offset = 0; offset < STEP; offset += 4 * sizeof(Lanes)) {
        for (int i = 0; i < 4; i++) sums[i] = both(sums[i], load(from + offset + i * sizeof(Lanes)));
      }
    }
  }
  double taken = seconds() - start;
  Lanes all = both(both(sums[0], sums[1]), both(sums[2], sums[3]));
  int64_t word;
  std::memcpy(&word, &all, sizeof(word));
  sink = word;
  return static_cast<double>(part * STREAMS) / taken;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: read_probe BYTES" << std::endl;
    return 2;
  }
  size_t bytes = std::strtoull(argv[1], nullptr, 10);
  size_t rounded = (bytes + 2 * ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  char* memory = static_cast<char*>(std::malloc(rounded + ALIGNMENT));
  if (memory == nullptr) {
    std::cerr << "out of memory: bytes=" << bytes << std::endl;
    return 1;
  }
  char* aligned = reinterpret_cast<char*>(
      (reinterpret_cast<uintptr_t>(memory) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  std::memset(aligned, 1, rounded);
  std::string line;
  while (std::getline(std::cin, line)) {
    double best = 0;
    for (double rate :
         {read<1, 0>(aligned, bytes), read<1, 1024>(aligned, bytes), read<1, 4096>(aligned, bytes),
          read<2, 0>(aligned, bytes), read<2, 2048>(aligned, bytes), read<4, 0>(aligned, bytes),
          read<4, 1024>(aligned, bytes), read<8, 0>(aligned, bytes)}) {
      if (rate > best) best = rate;
    }
    std::cout << "read " << best << std::endl;
  }
  std::free(memory);
  return 0;
}
