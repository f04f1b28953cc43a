package dev.sagitta.engine.log;

import static java.util.Objects.requireNonNull;

/**
 * What all log records carry.
 *
 * @param timestamp hybrid timestamp of the request; orders writes and deletes of one key
 * @param producer the writing process's incarnation
 * @param sequence per producer and vchannel, strictly growing in log order
 * @param collectionId collection written to
 * @param catalogVersion catalog that the writer knew; who applies the record must know it too
 */
public record LogHeader(
    long timestamp, String producer, long sequence, long collectionId, long catalogVersion) {
  public LogHeader {
    requireNonNull(producer, "producer is null");
  }
}
