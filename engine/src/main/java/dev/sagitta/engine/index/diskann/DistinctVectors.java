package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The vectors that a graph is built of, each once, in the form in which squared Euclidean distance
 * orders them as the metric does: of unit length for cosine, and for inner products with one number
 * more, which gives all of them the same length (Bachrach et al., "Speeding up the Xbox recommender
 * system using a Euclidean transformation for inner-product spaces", RecSys 2014).
 *
 * <p>They lie in a scratch file beside the index, mapped for reading: the system may take their
 * memory back while the build runs. The file has no name from the beginning, so that nothing is
 * left of it whatever happens.
 */
final class DistinctVectors implements AutoCloseable {
  private static final int CANCEL_CHECK_ROWS = 64;
  private final OwnedMemory memory;
  private final RecordBlocks records;
  private final int[] nodeOfRow;
  private final int[] rowOfNode;
  private final int nodeCount;
  private final int dimension;
  private final int length;

  private DistinctVectors(
      OwnedMemory memory,
      RecordBlocks records,
      int[] nodeOfRow,
      int[] rowOfNode,
      int nodeCount,
      int dimension,
      int length) {
    this.memory = requireNonNull(memory, "memory is null");
    this.records = requireNonNull(records, "records is null");
    this.nodeOfRow = nodeOfRow;
    this.rowOfNode = rowOfNode;
    this.nodeCount = nodeCount;
    this.dimension = dimension;
    this.length = length;
  }

  /**
   * Copies the vectors of a column; rows without one are left out.
   *
   * @param scratch a path where no file is
   */
  static DistinctVectors of(
      DenseVectorColumn vectors, MetricType metric, BuildProgress progress, Path scratch)
      throws IOException {
    VectorPreparation preparation = VectorPreparation.of(vectors, metric);
    EqualVectors equals = new EqualVectors(vectors, preparation);
    int length = preparation.length();
    int[] nodeOfRow = new int[vectors.rowCount()];
    int[] rowOfNode = new int[vectors.rowCount()];
    int nodes = 0;
    OwnedMemory memory = new OwnedMemory();
    try (FileChannel channel =
        FileChannel.open(
            scratch,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      try (VectorWriter writer = new VectorWriter(channel, length)) {
        float[] vector = new float[length];
        for (int row = 0; row < nodeOfRow.length; row++) {
          if (row % CANCEL_CHECK_ROWS == 0) {
            progress.requireNotCancelled();
          }
          nodeOfRow[row] = DiskAnnFile.NO_NODE;
          if (vectors.mayHaveNulls() && vectors.isNull(row)) {
            continue;
          }
          preparation.prepare(row, vector);
          int first = equals.findOrAdd(vector, row);
          if (first != row) {
            nodeOfRow[row] = nodeOfRow[first];
          } else {
            writer.write(vector);
            rowOfNode[nodes] = row;
            nodeOfRow[row] = nodes++;
          }
        }
      }
      long bytes = (long) nodes * length * Float.BYTES;
      RecordBlocks records =
          RecordBlocks.over(memory.map(channel, bytes), length * Float.BYTES, nodes);
      return new DistinctVectors(
          memory, records, nodeOfRow, rowOfNode, nodes, vectors.dimension(), length);
    } catch (IOException | RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  int nodeCount() {
    return nodeCount;
  }

  /** The first row with the node's vector. */
  int rowOf(int node) {
    return rowOfNode[node];
  }

  int rowCount() {
    return nodeOfRow.length;
  }

  /** The node of a row, or {@link DiskAnnFile#NO_NODE}. */
  int nodeOf(int row) {
    return nodeOfRow[row];
  }

  /** Floats of a vector, zeros at the end included. */
  int length() {
    return length;
  }

  /** The vectors' own dimension, at most {@link #length()}. */
  int dimension() {
    return dimension;
  }

  long address(int node) {
    return records.address(node);
  }

  /** Copies a vector to an array of at least {@link #length()} floats. */
  void copy(int node, float[] target) {
    NativeMemory.copyFloats(records.address(node), target, length);
  }

  @Override
  public void close() {
    memory.close();
  }
}
