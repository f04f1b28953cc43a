package dev.sagitta.connector.wal.outbound;

import static dev.sagitta.connector.wal.container.Entries.entry;
import static dev.sagitta.connector.wal.container.Entries.pchannel;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.connector.wal.container.AdapterProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Measures appends and barriers with an embedded broker; run it by hand with a directory. */
public final class LogBenchmark {
  private static final int CALLERS = 32;
  private static final int SECONDS = 5;
  private static final int BARRIERS = 2_000;

  private final WalConnection connection;
  private final Map<String, CompletableFuture<Void>> barriers = new ConcurrentHashMap<>();

  private LogBenchmark(WalConnection connection) {
    this.connection = connection;
  }

  /**
   * @param arguments the directory for the broker
   */
  public static void main(String[] arguments) throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(Path.of(arguments[0]));
        WalConnection connection = process.connect()) {
      LogBenchmark benchmark = new LogBenchmark(connection);
      String queues = String.join(",", pchannel(0), pchannel(1), pchannel(2), pchannel(3));
      try (var _ = process.activate(benchmark.new Listener(), process.spec(queues, 2))) {
        benchmark.measureAppends(4 << 10, 1);
        benchmark.measureAppends(4 << 10, CALLERS);
        benchmark.measureAppends(64 << 10, CALLERS);
        benchmark.measureBarriers("idle");
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> writers = benchmark.write(8 << 10, 8, stop, new AtomicLong());
        benchmark.measureBarriers("with 8 callers that append 8 KiB");
        stop.set(true);
        for (Thread writer : writers) {
          writer.join();
        }
      }
    }
  }

  private void measureAppends(int bytes, int callers) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong appended = new AtomicLong();
    long start = System.nanoTime();
    List<Thread> writers = write(bytes, callers, stop, appended);
    Thread.sleep(SECONDS * 1_000L);
    stop.set(true);
    for (Thread writer : writers) {
      writer.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "append: bytes=%d callers=%d: %.0f/s, %.1f MiB/s%n",
        bytes,
        callers,
        appended.get() / seconds,
        appended.get() * (double) bytes / seconds / (1 << 20));
  }

  private List<Thread> write(int bytes, int callers, AtomicBoolean stop, AtomicLong appended) {
    List<Thread> writers = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      WalEntry entry = new WalEntry(pchannel(caller % 4), "v" + caller % 16, new byte[bytes]);
      writers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      connection.append(List.of(entry)).join();
                      appended.incrementAndGet();
                    }
                  }));
    }
    return writers;
  }

  private void measureBarriers(String when) throws Exception {
    double[] milliseconds = new double[BARRIERS];
    for (int i = 0; i < BARRIERS; i++) {
      String text = when + i;
      CompletableFuture<Void> arrival = new CompletableFuture<>();
      barriers.put(text, arrival);
      long start = System.nanoTime();
      var _ = connection.sendBarrier(entry(0, "v0", text));
      arrival.get(20, TimeUnit.SECONDS);
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    System.out.printf(
        "barrier, %s: p50 %.2f ms, p99 %.2f ms%n",
        when, milliseconds[BARRIERS / 2], milliseconds[BARRIERS * 99 / 100]);
  }

  private final class Listener implements WalListener {
    @Override
    public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
      List<WalRecord> records = new ArrayList<>();
      for (WalRecord record : batch) {
        if (record.barrier()) {
          String text = new String(record.body(), StandardCharsets.UTF_8);
          barriers.remove(text).complete(null);
        } else {
          records.add(record);
        }
      }
      delivery.acknowledge(records);
    }

    @Override
    public void onSessionEnded(WalDelivery delivery) {}
  }
}
