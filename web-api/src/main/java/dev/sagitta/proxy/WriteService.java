package dev.sagitta.proxy;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.request.FilterText;
import java.util.Optional;

/**
 * Changes rows. A call returns when its records are durable in the log: a request is durable as a
 * whole or not at all. Row batches hold one valid column for each field of the collection's schema
 * (the dynamic field included, defaults and nulls filled in); only the primary key's column is
 * missing when the server generates the keys, and those that the schema's functions compute. An
 * unknown partition fails with PARTITION_NOT_FOUND ({@code partition not found[partition=p]}), a
 * passed deadline with TIMEOUT, a full log with a retriable RATE_LIMIT.
 */
public interface WriteService {
  /**
   * Inserts rows.
   *
   * @param partition partition to write to; empty means the default one
   * @return the rows' primary keys in the order of the rows, generated ones included
   */
  PrimaryKeys insert(
      CollectionDescriptor collection,
      Optional<String> partition,
      ColumnBatch rows,
      Deadline deadline);

  /**
   * Replaces rows of the same primary keys, or inserts them. The batch has no two equal keys. With
   * generated keys the batch holds the old keys, and the rows get new ones.
   *
   * @return the keys that the rows have now, in the order of the rows
   */
  PrimaryKeys upsert(
      CollectionDescriptor collection,
      Optional<String> partition,
      ColumnBatch rows,
      Deadline deadline);

  /**
   * Deletes the rows that match. The filter is not blank; one that does not compile fails with
   * {@code failed to create delete plan: cannot parse expression: ...}, code 1100.
   *
   * @param partition where to delete; empty means everywhere
   * @return number of keys deleted
   */
  long delete(
      CollectionDescriptor collection,
      Optional<String> partition,
      FilterText filter,
      Deadline deadline);
}
