package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

/**
 * Centroids of a product quantizer: for each level and each part of the vector {@code 2^bits}
 * centroids of {@code dimension / parts} numbers, transposed as {@link CentroidKernel} wants them.
 *
 * @param dimension numbers of a vector
 * @param parts stretches of equal length that a vector is cut into
 * @param bits bits of the number of a centroid
 * @param levels how often the remainder is quantized again; 1 for plain product quantization
 * @param values all centroids: level by level, part by part
 */
record ProductCodebooks(int dimension, int parts, int bits, int levels, float[] values) {
  ProductCodebooks {
    requireNonNull(values, "values is null");
    if (parts < 1 || dimension % parts != 0) {
      throw new IllegalArgumentException(
          "parts must divide the dimension: parts=" + parts + " dimension=" + dimension);
    }
    if (values.length != size(dimension, bits, levels)) {
      throw new IllegalArgumentException("codebooks are of another size: values=" + values.length);
    }
  }

  static long size(int dimension, int bits, int levels) {
    return ((long) dimension << bits) * levels;
  }

  /** Centroids of one part on one level. */
  int centroids() {
    return 1 << bits;
  }

  int partDimension() {
    return dimension / parts;
  }

  /** Where the centroids of the part on the level begin. */
  int offset(int level, int part) {
    return ((level * parts + part) * partDimension()) << bits;
  }

  /** Adds the centroid to {@code target[targetOffset]} and on. */
  void add(int level, int part, int centroid, float[] target, int targetOffset) {
    int from = offset(level, part) + centroid;
    for (int i = 0; i < partDimension(); i++) {
      target[targetOffset + i] += values[from + (i << bits)];
    }
  }

  /** Subtracts the centroid from {@code target[targetOffset]} and on. */
  void subtract(int level, int part, int centroid, float[] target, int targetOffset) {
    int from = offset(level, part) + centroid;
    for (int i = 0; i < partDimension(); i++) {
      target[targetOffset + i] -= values[from + (i << bits)];
    }
  }
}
