package dev.sagitta.connector.wal.outbound;

import static dev.sagitta.connector.wal.container.Entries.entry;
import static dev.sagitta.connector.wal.container.Entries.pchannel;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.connector.wal.container.AdapterProcess;
import dev.sagitta.connector.wal.container.CollectingListener;
import dev.sagitta.connector.wal.container.Eventually;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBarriers {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 120;

  @TempDir Path directory;

  @Test
  void barrierComesBehindEveryAppendCalledBefore() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    OrderAuditor auditor = new OrderAuditor();
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect();
        var _ = process.activate(auditor, process.spec(pchannel(0), 2))) {
      List<Thread> writers = new ArrayList<>();
      ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String vchannel = "v" + writer;
        Random random = new Random(seed + writer);
        writers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        write(connection, vchannel, random);
                      } catch (Exception e) {
                        failures.add(e);
                      }
                    }));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(failures).as("seed=%d", seed).isEmpty();
      Eventually.await(
          "all barriers, seed=" + seed, () -> auditor.barriers.get() == WRITERS * ROUNDS);
      assertThat(auditor.failures).as("seed=%d", seed).isEmpty();
    }
  }

  /** Each barrier carries the number of appends called before it. Some are still under way. */
  private static void write(WalConnection connection, String vchannel, Random random)
      throws Exception {
    List<CompletableFuture<Void>> underWay = new ArrayList<>();
    int appended = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        underWay.add(connection.append(List.of(entry(0, vchannel, "r" + appended++))));
      }
      CompletableFuture<Void> barrier = connection.sendBarrier(entry(0, vchannel, "b" + appended));
      if (random.nextBoolean()) {
        barrier.get(20, TimeUnit.SECONDS);
      } else {
        underWay.add(barrier);
      }
    }
    CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
  }

  @Test
  void barriersDoNotPileUpInTheBroker() throws Exception {
    CollectingListener listener = new CollectingListener();
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect();
        var _ = process.activate(listener, process.spec(pchannel(0), 1))) {
      for (int i = 0; i < 50; i++) {
        connection.sendBarrier(entry(0, "v", "b" + i)).get(20, TimeUnit.SECONDS);
      }
      Eventually.await("all barriers", () -> listener.received().size() == 50);
      listener.forget();
      listener.received();
    }
    assertThat(listener.endCounts()).containsExactly(1);
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect();
        var _ = process.activate(listener, process.spec(pchannel(0), 1))) {
      connection.append(List.of(entry(0, "v", "r"))).get(20, TimeUnit.SECONDS);
      Eventually.await("the record", () -> !listener.received().isEmpty());
      assertThat(listener.texts()).containsExactly("r");
    }
  }

  /** Counts the records of each vchannel as they come, and compares with each barrier. */
  private static final class OrderAuditor implements WalListener {
    private final Map<String, Integer> records = new ConcurrentHashMap<>();
    private final AtomicInteger barriers = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @Override
    public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
      for (WalRecord record : batch) {
        String text = new String(record.body(), UTF_8);
        int number = Integer.parseInt(text.substring(1));
        int seen = records.getOrDefault(record.vchannel(), 0);
        if (record.barrier() != text.startsWith("b")) {
          failures.add("taken for the other kind: " + record + " " + text);
        }
        if (record.barrier()) {
          barriers.incrementAndGet();
          if (seen < number) {
            failures.add("overtook: " + record + " " + text + ", records seen=" + seen);
          }
        } else {
          if (seen != number) {
            failures.add("out of order: " + record + " " + text + ", records seen=" + seen);
          }
          records.merge(record.vchannel(), 1, Integer::sum);
        }
      }
      List<WalRecord> durable = batch.stream().filter(record -> !record.barrier()).toList();
      delivery.acknowledge(durable);
    }

    @Override
    public void onSessionEnded(WalDelivery delivery) {}
  }
}
