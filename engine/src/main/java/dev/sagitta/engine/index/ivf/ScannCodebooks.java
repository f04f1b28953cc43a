package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * Codebooks of a product quantizer with parts of two numbers and 16 centroids, of which each takes
 * four bits. A vector of odd dimension is followed by a zero.
 *
 * <p>Codes lie in blocks of {@link #BLOCK} rows: for each pair of parts 32 bytes, one a row, with
 * the centroid's number of the first part in the low and of the second part in the high half. The
 * number of pairs is rounded up to an even one, so that vectors of 64 bytes hold two.
 *
 * @param values two numbers a centroid, 16 centroids a part
 */
record ScannCodebooks(int dimension, float[] values) {
  static final int BLOCK = 32;
  static final int CENTROIDS = 16;
  static final int PART = 2;

  /** Numbers in the codebook of one part. */
  static final int BOOK = CENTROIDS * PART;

  ScannCodebooks {
    requireNonNull(values, "values is null");
    if (values.length != parts(dimension) * BOOK) {
      throw new IllegalArgumentException(
          "codebooks are of another dimension: dimension="
              + dimension
              + " values="
              + values.length);
    }
  }

  static int parts(int dimension) {
    return Math.ceilDiv(dimension, PART);
  }

  /** Bytes of a row: pairs of parts. */
  static int rowBytes(int dimension) {
    return Math.ceilDiv(parts(dimension), 4) * 2;
  }

  int parts() {
    return parts(dimension);
  }

  /** As the file keeps them: the values as float32. */
  MemorySegment toBytes() {
    MemorySegment bytes = MemorySegment.ofArray(new byte[values.length * Float.BYTES]);
    MemorySegment.copy(values, 0, bytes, LittleEndian.FLOAT, 0, values.length);
    return bytes;
  }

  static ScannCodebooks open(IvfLists lists, MemorySegment bytes) {
    int count = parts(lists.dimension()) * BOOK;
    if (bytes.byteSize() != (long) count * Float.BYTES) {
      throw lists.file().corrupt("bytes of codebooks", 4L * count, bytes.byteSize());
    }
    float[] values = new float[count];
    MemorySegment.copy(bytes, LittleEndian.FLOAT, 0, values, 0, count);
    return new ScannCodebooks(lists.dimension(), values);
  }
}
