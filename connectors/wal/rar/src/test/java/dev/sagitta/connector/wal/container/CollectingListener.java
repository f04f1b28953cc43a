package dev.sagitta.connector.wal.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps everything it gets, in order, with the session it came from. */
public final class CollectingListener implements WalListener {
  /** A record, its text taken while it could be read. */
  public record Received(WalRecord record, String text, WalDelivery delivery) {}

  private final List<Received> received = new ArrayList<>();
  private final Map<WalDelivery, Integer> ends = new LinkedHashMap<>();

  @Override
  public synchronized void onRecords(List<WalRecord> batch, WalDelivery delivery) {
    for (WalRecord record : batch) {
      received.add(new Received(record, new String(record.body(), UTF_8), delivery));
    }
  }

  @Override
  public synchronized void onSessionEnded(WalDelivery delivery) {
    ends.merge(delivery, 1, Integer::sum);
  }

  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  public synchronized List<String> texts() {
    return received.stream().map(Received::text).toList();
  }

  /** How often each ended session was reported. */
  public synchronized List<Integer> endCounts() {
    return List.copyOf(ends.values());
  }

  public synchronized void forget() {
    received.clear();
  }
}
