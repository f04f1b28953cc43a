package dev.sagitta.engine.index;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.codedhnsw.CodedHnswIndexType;
import dev.sagitta.engine.index.compact.CompactGraphIndexType;
import dev.sagitta.engine.index.diskann.DiskAnnIndexType;
import dev.sagitta.engine.index.flat.FlatIndexType;
import dev.sagitta.engine.index.hnsw.HnswIndexType;
import dev.sagitta.engine.index.ivf.IvfIndexType;
import dev.sagitta.engine.index.sparse.SparseIndexType;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All families of vector indexes, by Milvus's name. A new family is one more line here. */
public final class VectorIndexTypes {
  /** The name by which a client leaves the choice to us. */
  public static final String AUTOINDEX = "AUTOINDEX";

  private static final Map<String, VectorIndexType> BY_NAME =
      byName(
          List.of(FlatIndexType.dense(), FlatIndexType.binary(), new HnswIndexType()),
          List.of(new CompactGraphIndexType()),
          CodedHnswIndexType.all(),
          IvfIndexType.all(),
          List.of(SparseIndexType.invertedIndex(), SparseIndexType.wand()),
          List.of(new DiskAnnIndexType()));

  private VectorIndexTypes() {}

  /**
   * What a client's choice means here.
   *
   * @param type the family
   * @param parameters its build parameters, complete
   */
  public record Resolved(VectorIndexType type, Map<String, String> parameters) {
    public Resolved {
      parameters = Map.copyOf(parameters);
    }
  }

  /** The names of all families, without {@link #AUTOINDEX}. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * The family of that name, which is not {@link #AUTOINDEX}.
   *
   * @throws SagittaException code 1100, naming the type, if there is none
   */
  public static VectorIndexType get(String name) {
    VectorIndexType type = BY_NAME.get(name);
    if (type == null) {
      throw SagittaException.invalidParameter("invalid index type: " + name);
    }
    return type;
  }

  /**
   * Finds the family, checks that it fits the field, and completes the build parameters. {@link
   * #AUTOINDEX} takes none and becomes, as in Milvus, HNSW for dense vectors, BIN_IVF_FLAT for
   * binary and SPARSE_INVERTED_INDEX for sparse ones.
   *
   * @throws SagittaException code 1100, naming the culprit
   */
  public static Resolved resolve(
      String name,
      DataType dataType,
      MetricType metric,
      int dimension,
      Map<String, String> parameters) {
    if (name.equals(AUTOINDEX)) {
      if (!parameters.isEmpty()) {
        throw SagittaException.invalidParameter(
            "only metric type can be passed when use AutoIndex: params=" + parameters);
      }
      return automatic(dataType, metric, dimension);
    }
    VectorIndexType type = get(name);
    if (!type.supports(dataType, metric)) {
      throw SagittaException.invalidParameter(
          String.format(
              "index %s does not support field type %s with metric %s",
              name, dataType.name(), metric.name()));
    }
    return new Resolved(type, type.validateBuildParameters(parameters, dimension));
  }

  private static Resolved automatic(DataType dataType, MetricType metric, int dimension) {
    return switch (dataType) {
      case BINARY_VECTOR ->
          resolve("BIN_IVF_FLAT", dataType, metric, dimension, Map.of("nlist", "1024"));
      case SPARSE_FLOAT_VECTOR ->
          resolve("SPARSE_INVERTED_INDEX", dataType, metric, dimension, Map.of());
      default -> resolve(HnswIndexType.NAME, dataType, metric, dimension, HnswIndexType.AUTOMATIC);
    };
  }

  @SafeVarargs
  private static Map<String, VectorIndexType> byName(List<VectorIndexType>... families) {
    Map<String, VectorIndexType> byName = new LinkedHashMap<>();
    for (List<VectorIndexType> family : families) {
      for (VectorIndexType type : family) {
        byName.put(type.name(), type);
      }
    }
    return Collections.unmodifiableMap(byName);
  }
}
