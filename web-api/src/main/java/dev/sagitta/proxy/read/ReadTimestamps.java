package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.util.OptionalLong;

/**
 * Timestamps of reads that come in several requests. The first one reads at a new timestamp and
 * waits for all writes acknowledged before; the following ones read at the same. A write that was
 * on its way when the first one came has an older timestamp and may appear later.
 */
final class ReadTimestamps {
  private final TimestampOracle oracle;

  ReadTimestamps(TimestampOracle oracle) {
    this.oracle = requireNonNull(oracle, "oracle is null");
  }

  /**
   * The timestamp to read at, a new one if none is named.
   *
   * @throws SagittaException code 1100 for a named one that no read has had
   */
  long of(OptionalLong named, Deadline deadline) {
    if (named.isEmpty()) {
      return oracle.allocate(1, deadline);
    }
    if (named.getAsLong() <= 0) {
      throw SagittaException.invalidParameter(
          "timestamp of an iterator must be positive: value=" + named.getAsLong());
    }
    return named.getAsLong();
  }

  /** How fresh the nodes must be: the first read sees all writes before it. */
  static ConsistencyLevel consistencyOf(OptionalLong named) {
    return named.isEmpty() ? ConsistencyLevel.STRONG : ConsistencyLevel.BOUNDED;
  }
}
