package dev.sagitta.engine.scalarindex.rtree;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.GeometryColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarIndexType;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

/** RTREE: geometries by the rectangles around them. */
public final class RtreeIndexType implements ScalarIndexType {
  /** Milvus's name. */
  public static final String NAME = RtreeFile.TYPE_NAME;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> validate(FieldSchema field, Map<String, String> parameters) {
    if (field.type() != DataType.GEOMETRY) {
      throw SagittaException.invalidParameter(
          "RTREE index can only be built on geometry field: field="
              + field.name()
              + " type="
              + field.type().milvusName());
    }
    return Map.copyOf(parameters);
  }

  @Override
  public void build(
      FieldSchema field,
      Map<String, String> parameters,
      Column column,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException {
    new RtreeBuilder((GeometryColumn) column, progress).write(identity, target);
  }

  @Override
  public ScalarIndex open(MemorySegment file, int rowCount, IndexFileIdentity expected) {
    return new RtreeIndex(RtreeFile.open(file, rowCount, expected));
  }
}
