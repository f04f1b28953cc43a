package dev.sagitta.engine.index.flat;

import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The exact index types. Their files hold nothing but their description, see {@link
 * IndexDescription}.
 */
public final class FlatIndexType implements VectorIndexType {
  private static final int VERSION = 1;

  private final String name;
  private final Set<DataType> dataTypes;

  private FlatIndexType(String name, Set<DataType> dataTypes) {
    this.name = name;
    this.dataTypes = dataTypes;
  }

  /** FLAT: dense vectors, and lists of them. */
  public static FlatIndexType dense() {
    return new FlatIndexType(
        "FLAT",
        EnumSet.of(
            DataType.FLOAT_VECTOR,
            DataType.FLOAT16_VECTOR,
            DataType.BFLOAT16_VECTOR,
            DataType.INT8_VECTOR,
            DataType.ARRAY_OF_VECTOR));
  }

  /** BIN_FLAT: binary vectors. */
  public static FlatIndexType binary() {
    return new FlatIndexType("BIN_FLAT", EnumSet.of(DataType.BINARY_VECTOR));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return dataTypes.contains(type) && ExactScan.supports(type, metric);
  }

  @Override
  public Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    return Map.copyOf(parameters);
  }

  @Override
  public void validateSearchParameters(IndexSearchParameters parameters, int topK) {
    // There is nothing to choose; unknown parameters are ignored, as clients expect.
  }

  @Override
  public void build(
      VectorColumn vectors,
      MetricType metric,
      Map<String, String> parameters,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException {
    progress.requireNotCancelled();
    IndexDescription description =
        new IndexDescription(
            name, metric, VERSION, vectors.rowCount(), vectors.dimension(), 0, 0, 0, 0);
    IndexFiles.write(target, identity, description, writer -> {});
    progress.rowsIndexed(vectors.rowCount());
  }

  @Override
  public VectorIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    BlockFile blocks = IndexDescription.openFile(file, name, expected);
    IndexDescription description = IndexDescription.read(blocks, name, VERSION);
    description.requireRows(blocks, vectors.rowCount(), vectors.dimension());
    return new FlatIndex(vectors, description.metric());
  }
}
