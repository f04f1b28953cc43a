package dev.sagitta.engine.index;

import dev.sagitta.engine.index.hnsw.GrowingHnswIndex;
import dev.sagitta.engine.index.sparse.Bm25Parameters;
import dev.sagitta.engine.index.sparse.GrowingSparseIndex;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.Optional;

/**
 * Which index a growing segment fills while its rows stream in, whatever family its sealed segments
 * get. A new kind is one more line here.
 */
public final class GrowingVectorIndexes {
  private GrowingVectorIndexes() {}

  /**
   * A new index for the field's rows; empty if they are scanned: because the client wants exact
   * results, or because a scan of such vectors is fast enough.
   *
   * @param family family of the field's sealed indexes
   * @param dimension dimension of the field, 0 for sparse vectors
   */
  public static Optional<GrowingVectorIndex> create(
      VectorIndexType family, DataType type, MetricType metric, int dimension) {
    if (family.exact()) {
      return Optional.empty();
    }
    return switch (type) {
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR ->
          Optional.of(new GrowingHnswIndex(metric, dimension));
      case SPARSE_FLOAT_VECTOR ->
          metric == MetricType.IP
              ? Optional.of(new GrowingSparseIndex(metric, Bm25Parameters.DEFAULT))
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
