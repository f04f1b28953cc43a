package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * An opened file: where everything lies in the map. See {@link IvfFile} for the blocks.
 *
 * @param file for errors
 * @param rowCount rows of the segment, of which some may have no vector and be in no list
 * @param positions places in all lists
 * @param reranksInColumn whether the best rows are compared once more in the segment's vectors
 */
record IvfLists(
    BlockFile file,
    MetricType metric,
    int dimension,
    int listCount,
    MemorySegment centroids,
    MemorySegment radii,
    MemorySegment starts,
    MemorySegment rows,
    int rowCount,
    int positions,
    StoredRows stored,
    boolean reranksInColumn,
    Optional<StoredRows> refinement) {
  IvfLists {
    requireNonNull(file, "file is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(stored, "stored is null");
    requireNonNull(refinement, "refinement is null");
  }

  /** First position of the list; the map may change under us, but we stay inside. */
  int start(int list) {
    return Math.clamp(starts.get(LittleEndian.INT, 4L * list), 0, positions);
  }

  /** Row at the position; one that is not of the segment is no row, as is a negative one. */
  int row(int position) {
    return rows.get(LittleEndian.INT, 4L * position);
  }

  float radius(int list) {
    return radii.get(LittleEndian.FLOAT, 4L * list);
  }
}
