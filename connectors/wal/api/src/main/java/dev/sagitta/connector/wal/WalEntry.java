package dev.sagitta.connector.wal;

import static java.util.Objects.requireNonNull;

/**
 * One record to append.
 *
 * @param pchannel queue
 * @param vchannel message group: records of one vchannel are delivered in order to one consumer
 * @param body content; not changed after the call
 */
public record WalEntry(String pchannel, String vchannel, byte[] body) {
  public WalEntry {
    requireNonNull(pchannel, "pchannel is null");
    requireNonNull(vchannel, "vchannel is null");
    requireNonNull(body, "body is null");
  }
}
