package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.BinaryVectorColumn;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.vector.UnitVectors;
import java.lang.foreign.MemorySegment;

/**
 * The space of float vectors in which rows belong to centroids. Vectors of any type come to it as
 * floats: those compared by cosine with unit length, bits as zeros and ones. The Hamming distance
 * is the squared Euclidean distance there; for the Jaccard distance, which like cosine is about the
 * share of common bits, bits have unit length.
 *
 * @param spherical whether rows belong to the centroid of largest inner product
 * @param unitLength whether vectors are scaled to unit length
 */
record CoarseSpace(boolean spherical, boolean unitLength) {
  static CoarseSpace of(MetricType metric) {
    return switch (metric) {
      case L2, HAMMING -> new CoarseSpace(false, false);
      case IP -> new CoarseSpace(true, false);
      case COSINE, JACCARD -> new CoarseSpace(true, true);
      case BM25, MAX_SIM_COSINE, MAX_SIM_IP, MAX_SIM_L2 ->
          throw new IllegalArgumentException("metric is not for inverted files: metric=" + metric);
    };
  }

  /** Reads a row's vector to {@code target} from {@code offset} on. */
  void read(PackedVectorColumn vectors, int row, float[] target, int offset) {
    switch (vectors) {
      case DenseVectorColumn dense -> dense.copyVector(row, target, offset);
      case BinaryVectorColumn binary -> {
        MemorySegment block = binary.blockOf(row);
        long start = binary.offsetInBlock(row);
        for (int i = 0; i < binary.vectorBytes(); i++) {
          expand(block.get(LittleEndian.BYTE, start + i), target, offset + i * Byte.SIZE);
        }
      }
    }
    normalize(target, offset, vectors.dimension());
  }

  /** Reads a query to {@code target}. */
  void read(QueryVector query, float[] target, int dimension) {
    switch (query) {
      case QueryVector.Dense dense ->
          System.arraycopy(dense.values(), dense.offset(), target, 0, dimension);
      case QueryVector.Binary binary -> {
        for (int i = 0; i < dimension / Byte.SIZE; i++) {
          expand(binary.bits()[binary.offset() + i], target, i * Byte.SIZE);
        }
      }
      case QueryVector.Sparse _, QueryVector.VectorList _ -> query.dense();
    }
    normalize(target, 0, dimension);
  }

  private void normalize(float[] target, int offset, int dimension) {
    if (unitLength) {
      UnitVectors.normalize(target, offset, target, offset, dimension);
    }
  }

  private static void expand(byte bits, float[] target, int offset) {
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      target[offset + bit] = (bits >> (Byte.SIZE - 1 - bit)) & 1;
    }
  }
}
