package dev.sagitta.engine.log;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;

/**
 * What one record of a vchannel's log says. Encoded and decoded by {@code LogRecordCodec}. All rows
 * of a record carry the record's timestamp.
 */
public sealed interface LogRecord {
  /** Matches every partition of the collection. */
  long ALL_PARTITIONS = -1;

  LogHeader header();

  /** New rows for one partition. */
  record Insert(LogHeader header, long partitionId, ColumnBatch rows) implements LogRecord {
    public Insert {
      requireNonNull(header, "header is null");
      requireNonNull(rows, "rows is null");
    }
  }

  /** Hides rows with a smaller timestamp and one of the keys. */
  record Delete(LogHeader header, long partitionId, PrimaryKeys keys) implements LogRecord {
    public Delete {
      requireNonNull(header, "header is null");
      requireNonNull(keys, "keys is null");
    }
  }

  /**
   * Hides older rows with the keys of these rows (or with {@code replaced}), in all partitions, and
   * adds the rows.
   */
  record Upsert(LogHeader header, long partitionId, PrimaryKeys replaced, ColumnBatch rows)
      implements LogRecord {
    public Upsert {
      requireNonNull(header, "header is null");
      requireNonNull(replaced, "replaced is null");
      requireNonNull(rows, "rows is null");
    }
  }
}
