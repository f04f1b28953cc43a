package dev.sagitta.connector.wal.inflow;

import static dev.sagitta.connector.wal.container.Entries.append;
import static dev.sagitta.connector.wal.container.Entries.entry;
import static dev.sagitta.connector.wal.container.Entries.pchannel;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.connector.wal.container.AdapterProcess;
import dev.sagitta.connector.wal.container.Eventually;
import dev.sagitta.connector.wal.ra.WalActivationSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random appends to several groups, read by several sessions that acknowledge random prefixes,
 * abandon, and fail. Checked for each group: a session sees an unbroken, ordered continuation of
 * what is acknowledged, and in the end everything is acknowledged exactly once.
 */
class TestRedelivery {
  private static final int GROUPS = 12;
  private static final int RECORDS = 1_200;

  @TempDir Path directory;

  @Test
  void everySessionContinuesWhereTheAcknowledgedEnds() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    Auditor auditor = new Auditor(new Random(random.nextLong()));
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      WalActivationSpec spec = process.spec(pchannel(0) + "," + pchannel(1), 3);
      spec.setMaxBatch(16);
      try (var _ = process.activate(auditor, spec)) {
        int[] next = new int[GROUPS];
        for (int sent = 0; sent < RECORDS; ) {
          List<WalEntry> entries = new ArrayList<>();
          for (int i = random.nextInt(1, 20); i > 0 && sent < RECORDS; i--, sent++) {
            int group = random.nextInt(GROUPS);
            entries.add(entry(group % 2, "group-" + group, Integer.toString(next[group]++)));
          }
          append(connection, entries.toArray(WalEntry[]::new));
        }
        Eventually.await(
            "everything acknowledged, seed=" + seed,
            () -> auditor.acknowledgedRecords() == RECORDS || auditor.failed());
        assertThat(auditor.failures()).as("seed=%d", seed).isEmpty();
        assertThat(connection.backlog().records()).isZero();
      }
    }
    assertThat(auditor.failures()).as("seed=%d", seed).isEmpty();
    assertThat(auditor.sessionsEndedEarly()).as("seed=%d", seed).isPositive();
  }

  private static final class Auditor implements WalListener {
    private final Random random;
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private final Map<WalDelivery, Map<String, List<WalRecord>>> pending = new HashMap<>();
    private final Set<WalDelivery> ended = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private int acknowledgedRecords;
    private int sessionsEndedEarly;

    private Auditor(Random random) {
      this.random = random;
    }

    @Override
    public synchronized void onRecords(List<WalRecord> batch, WalDelivery delivery) {
      if (ended.contains(delivery)) {
        failures.add("records after the end of " + delivery.sessionId());
      }
      Map<String, List<WalRecord>> groups = pending.computeIfAbsent(delivery, _ -> new HashMap<>());
      for (WalRecord record : batch) {
        List<WalRecord> held = groups.computeIfAbsent(record.vchannel(), _ -> new ArrayList<>());
        int expected = acknowledged.getOrDefault(record.vchannel(), 0) + held.size();
        int number = Integer.parseInt(new String(record.body(), UTF_8));
        if (number != expected) {
          failures.add(record + ": number=" + number + ", expected=" + expected);
        }
        held.add(record);
      }
      switch (random.nextInt(8)) {
        case 0 -> {
          sessionsEndedEarly++;
          delivery.abandon("by chance");
        }
        case 1 -> {
          sessionsEndedEarly++;
          throw new IllegalStateException("by chance");
        }
        default -> acknowledgeSome(delivery, groups);
      }
    }

    private void acknowledgeSome(WalDelivery delivery, Map<String, List<WalRecord>> groups) {
      List<WalRecord> prefixes = new ArrayList<>();
      groups.forEach(
          (group, held) -> {
            int count = random.nextInt(3) == 0 ? random.nextInt(held.size() + 1) : held.size();
            prefixes.addAll(held.subList(0, count));
          });
      try {
        delivery.acknowledge(prefixes);
      } catch (WalException e) {
        return; // abandoned by the other thread just now; everything comes again
      }
      acknowledgedRecords += prefixes.size();
      for (WalRecord record : prefixes) {
        acknowledged.merge(record.vchannel(), 1, Integer::sum);
        groups.get(record.vchannel()).remove(record);
      }
    }

    @Override
    public synchronized void onSessionEnded(WalDelivery delivery) {
      if (!ended.add(delivery)) {
        failures.add("ended twice: " + delivery.sessionId());
      }
      pending.remove(delivery);
    }

    private synchronized int acknowledgedRecords() {
      // What was held back by chance is acknowledged as soon as nothing else comes.
      pending.forEach(
          (delivery, groups) -> {
            if (delivery.alive()) {
              acknowledgeSome(delivery, groups);
            }
          });
      return acknowledgedRecords;
    }

    private synchronized boolean failed() {
      return !failures.isEmpty();
    }

    private synchronized List<String> failures() {
      return List.copyOf(failures);
    }

    private synchronized int sessionsEndedEarly() {
      return sessionsEndedEarly;
    }
  }
}
