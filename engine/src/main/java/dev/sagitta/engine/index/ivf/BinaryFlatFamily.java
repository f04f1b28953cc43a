package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;

/**
 * BIN_IVF_FLAT: bits as the column has them. Centroids are of floats, unlike FAISS's, which are
 * rounded to bits: a rounded mean of rarely set bits would be all zeros.
 */
final class BinaryFlatFamily implements IvfFamily {
  static final String NAME = "BIN_IVF_FLAT";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return type == DataType.BINARY_VECTOR
        && (metric == MetricType.HAMMING || metric == MetricType.JACCARD);
  }

  @Override
  public RowEncoding encoding(IvfInput input, BuildProgress progress) {
    return new RawEncoding(input.vectors(), false);
  }

  @Override
  public RowScanning scanning(IvfLists lists, PackedVectorColumn vectors) {
    StoredRows stored = lists.stored();
    if (stored.rowBytes() != vectors.vectorBytes()) {
      throw lists.file().corrupt("bytes of a row", vectors.vectorBytes(), stored.rowBytes());
    }
    return () -> new BinaryScanner(lists);
  }
}
