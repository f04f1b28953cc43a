package dev.sagitta.query.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.segment.SegmentView;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a flush has to write: everything applied up to one moment and not flushed before. It pins
 * the rows, so that they can be written even when the vchannel is given up meanwhile.
 *
 * @param schema fields that all these rows have
 * @param chunks rows, by growing segment
 * @param growingDeletes deletes that hit rows of growing segments, by segment id
 * @param deletes all deletes, for the sealed segments that may hold their keys
 * @param deletePosition position behind the last of these deletes
 * @param sealedSegments growing segments that take no more rows
 */
public record FlushCut(
    CollectionSchema schema,
    List<Chunk> chunks,
    Map<Long, List<AppliedDelete>> growingDeletes,
    List<AppliedDelete> deletes,
    long deletePosition,
    Set<Long> sealedSegments)
    implements AutoCloseable {
  public FlushCut {
    requireNonNull(schema, "schema is null");
    chunks = List.copyOf(chunks);
    growingDeletes = Map.copyOf(growingDeletes);
    deletes = List.copyOf(deletes);
    sealedSegments = Set.copyOf(sealedSegments);
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return chunks.isEmpty()
        && growingDeletes.isEmpty()
        && deletes.isEmpty()
        && sealedSegments.isEmpty();
  }

  public int rowCount() {
    return chunks.stream().mapToInt(chunk -> chunk.toRow() - chunk.fromRow()).sum();
  }

  @Override
  public void close() {
    chunks.forEach(chunk -> chunk.view().close());
  }

  /**
   * Rows {@code fromRow} to {@code toRow - 1} of a growing segment.
   *
   * @param view pins the rows until the cut is closed
   * @param number number of the chunk in its segment
   */
  public record Chunk(SegmentView view, long number, int fromRow, int toRow) {}
}
