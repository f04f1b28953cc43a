package dev.sagitta.engine.segment;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.schema.CollectionSchema;

/**
 * Rows of one partition and vchannel that are searched together. Row numbers are the order in which
 * the rows were appended; they never change, also not when a growing segment becomes a sealed one.
 * Reads go through views and run concurrently with appends and deletes.
 */
public interface Segment extends AutoCloseable {
  long id();

  long partitionId();

  String vchannel();

  /** Number of rows, deleted ones included. */
  int rowCount();

  /** No row has a greater timestamp; {@link Long#MIN_VALUE} without rows. */
  long maxTimestamp();

  /**
   * A view of the rows and deletes of this moment, to be closed soon: it pins memory.
   *
   * @throws IllegalStateException if the segment is closed
   */
  SegmentView acquire();

  /**
   * Hides the rows with one of the keys and a timestamp smaller than the given one, from all views
   * acquired later. One thread at a time deletes.
   *
   * @return number of rows hidden that were not hidden before
   */
  int delete(PrimaryKeys keys, long timestamp);

  /** Makes fields known that were added to the collection; later views answer their defaults. */
  void updateSchema(CollectionSchema schema);

  /**
   * Whether the segment may hold a row with one of the keys; decides which segments a delete is
   * written to. False is certain.
   */
  boolean mayContain(PrimaryKeys keys);

  /** Bytes of memory, on the heap and off it, without what is only mapped. */
  long memoryBytes();

  /** Refuses new views; memory is freed when the last view is closed. */
  @Override
  void close();
}
