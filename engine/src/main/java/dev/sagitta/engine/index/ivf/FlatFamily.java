package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;

/**
 * IVF_FLAT: the vectors themselves. Codes are the vectors as the column has them; the constant of a
 * row, stored for COSINE only, is one over the vector's norm, or 0 if it is zeros.
 */
final class FlatFamily implements IvfFamily {
  static final String NAME = "IVF_FLAT";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return DenseTypes.contains(type) && ExactScan.supports(type, metric);
  }

  @Override
  public RowEncoding encoding(IvfInput input, BuildProgress progress) {
    return new RawEncoding(input.vectors(), input.metric() == MetricType.COSINE);
  }

  @Override
  public RowScanning scanning(IvfLists lists, PackedVectorColumn vectors) {
    StoredRows stored = lists.stored();
    if (stored.rowBytes() != vectors.vectorBytes()) {
      throw lists.file().corrupt("bytes of a row", vectors.vectorBytes(), stored.rowBytes());
    }
    if (lists.metric() == MetricType.COSINE && stored.constants().isEmpty()) {
      throw lists.file().corrupt("block of constants", 1, 0);
    }
    return () -> new FlatScanner(lists, (DenseVectorColumn) vectors);
  }
}
