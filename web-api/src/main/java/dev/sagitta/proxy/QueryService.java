package dev.sagitta.proxy;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.time.Deadline;

/** Reads rows by filter or key. Fails like {@link SearchService}. */
public interface QueryService {
  /** Rows that match, in the order of their primary keys, offset and limit applied. */
  ColumnBatch query(QueryCommand command, Deadline deadline);

  /** Number of rows that match; limit, offset and output fields of the command play no part. */
  long count(QueryCommand command, Deadline deadline);

  /** Rows of the given keys that exist, in the order of their primary keys. */
  ColumnBatch get(GetCommand command, Deadline deadline);

  /**
   * A timestamp for reads that come in several requests. The first of them must be Strong; then all
   * of them see the writes acknowledged before this call, and none that begins after it.
   */
  long newReadTimestamp(Deadline deadline);
}
