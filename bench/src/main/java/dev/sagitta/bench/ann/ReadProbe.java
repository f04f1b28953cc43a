package dev.sagitta.bench.ann;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * How fast one thread of a JVM can read memory in sequence: the twin of read_probe.cpp. For each
 * line of standard input it reads the memory once and prints bytes per second of processor time.
 */
public final class ReadProbe {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int LANE_BYTES = SPECIES.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int WARM_UP_ROUNDS = 20;

  private ReadProbe() {}

  /**
   * @param arguments number of bytes to read
   */
  public static void main(String[] arguments) throws Exception {
    long bytes = Long.parseLong(arguments[0]);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Arena arena = Arena.ofConfined();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      MemorySegment memory = arena.allocate(bytes, 64);
      memory.fill((byte) 1);
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        read(memory);
      }
      while (input.readLine() != null) {
        long start = threads.getCurrentThreadCpuTime();
        long sum = read(memory);
        long nanos = threads.getCurrentThreadCpuTime() - start;
        // The sum is printed so that it must be computed.
        System.out.println("read " + bytes * 1e9 / nanos + " " + sum);
      }
    }
  }

  private static long read(MemorySegment memory) {
    LongVector first = LongVector.zero(SPECIES);
    LongVector second = first;
    LongVector third = first;
    LongVector fourth = first;
    long end = memory.byteSize() - 4L * LANE_BYTES;
    for (long at = 0; at <= end; at += 4L * LANE_BYTES) {
      first = first.or(LongVector.fromMemorySegment(SPECIES, memory, at, ORDER));
      second = second.or(LongVector.fromMemorySegment(SPECIES, memory, at + LANE_BYTES, ORDER));
      third = third.or(LongVector.fromMemorySegment(SPECIES, memory, at + 2L * LANE_BYTES, ORDER));
      fourth =
          fourth.or(LongVector.fromMemorySegment(SPECIES, memory, at + 3L * LANE_BYTES, ORDER));
    }
    return first.or(second).or(third.or(fourth)).reduceLanes(VectorOperators.OR);
  }
}
