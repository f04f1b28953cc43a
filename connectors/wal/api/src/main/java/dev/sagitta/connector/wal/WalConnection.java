package dev.sagitta.connector.wal;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A connection to the log. Handles are cheap: all connections of a process share one group
 * committer, so that concurrent appends share journal syncs. Safe for concurrent use.
 */
public interface WalConnection extends AutoCloseable {
  /**
   * Appends the entries as a whole or not at all, to however many channels. Appends of one process
   * reach each vchannel in the order of the calls. The future completes when all entries are
   * durable; it fails with {@link WalFullException} when the log's bound is reached (nothing was
   * written; try again later), with {@link WalOutcomeUnknownException} when the broker was lost
   * meanwhile (it may have happened), and with {@link WalException} otherwise (nothing was
   * written).
   */
  CompletableFuture<Void> append(List<WalEntry> entries);

  /**
   * Sends a volatile marker behind everything that was appended to the vchannel before; it is
   * delivered in order like a record, but is lost if the broker or the receiver dies: time out and
   * send again. Barriers are accepted when appends are refused for want of room.
   */
  CompletableFuture<Void> sendBarrier(WalEntry barrier);

  /**
   * Bytes and records of all channels that are appended but not acknowledged, as the broker sees
   * it.
   */
  WalBacklog backlog();

  @Override
  void close();
}
