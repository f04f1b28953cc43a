package dev.sagitta.engine.catalog;

import java.util.List;

/**
 * Rows that one flush added to a segment: one binlog a field (the timestamp column included) and
 * one stats file, all named by the chunk's number.
 *
 * @param number number of the chunk in its segment, from 0 on
 * @param rowCount rows in the chunk
 * @param sizeInBytes bytes of all its files
 * @param minTimestamp smallest row timestamp
 * @param maxTimestamp largest row timestamp
 * @param fieldIds fields that have a binlog
 */
public record ChunkDescriptor(
    long number,
    int rowCount,
    long sizeInBytes,
    long minTimestamp,
    long maxTimestamp,
    List<Long> fieldIds) {
  public ChunkDescriptor {
    fieldIds = List.copyOf(fieldIds);
  }
}
