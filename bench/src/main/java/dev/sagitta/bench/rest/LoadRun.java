package dev.sagitta.bench.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends prepared requests over some connections for some time and reports rate and latency. */
final class LoadRun {
  private LoadRun() {}

  /**
   * What was seen.
   *
   * @param requests answered requests
   * @param seconds duration
   * @param sortedNanos latency of each request, ascending
   */
  record Report(int requests, double seconds, long[] sortedNanos) {
    double perSecond() {
      return requests / seconds;
    }

    double percentileMillis(double fraction) {
      if (sortedNanos.length == 0) {
        return Double.NaN;
      }
      int index = (int) Math.min(sortedNanos.length - 1, fraction * sortedNanos.length);
      return sortedNanos[index] / 1e6;
    }
  }

  /**
   * Runs until {@code total} requests are answered or {@code seconds} have passed.
   *
   * @param bodies request bodies, taken round robin
   */
  static Report run(
      String host,
      int port,
      String path,
      List<byte[]> bodies,
      int connections,
      int total,
      int seconds)
      throws IOException, InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    List<long[]> latencies = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<long[]>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(threads.submit(() -> send(host, port, path, bodies, next, total, end)));
      }
      for (Future<long[]> future : running) {
        latencies.add(future.get());
      }
    }
    double elapsed = (System.nanoTime() - begin) / 1e9;
    long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Report(all.length, elapsed, all);
  }

  private static long[] send(
      String host,
      int port,
      String path,
      List<byte[]> bodies,
      AtomicInteger next,
      int total,
      long end)
      throws IOException {
    long[] nanos = new long[1024];
    int count = 0;
    try (HttpConnection connection = new HttpConnection(host, port)) {
      for (int i = next.getAndIncrement(); i < total; i = next.getAndIncrement()) {
        byte[] request = connection.encode(path, bodies.get(i % bodies.size()));
        long begin = System.nanoTime();
        byte[] answer = connection.exchange(request);
        long now = System.nanoTime();
        requireSuccess(answer);
        if (count == nanos.length) {
          nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = now - begin;
        if (now > end) {
          break;
        }
      }
    }
    return Arrays.copyOf(nanos, count);
  }

  private static void requireSuccess(byte[] answer) throws IOException {
    String head =
        new String(
            answer, 0, Math.min(200, answer.length), java.nio.charset.StandardCharsets.UTF_8);
    if (!head.startsWith("{\"code\":0")) {
      throw new IOException("request failed: " + head);
    }
  }
}
