package dev.sagitta.engine.column;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.geometry.WellKnownText;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random rows of all types, and their comparison value by value. */
public final class RandomBatches {
  private static final DataType[] SCALARS = {
    DataType.BOOL,
    DataType.INT8,
    DataType.INT16,
    DataType.INT32,
    DataType.INT64,
    DataType.FLOAT,
    DataType.DOUBLE,
    DataType.VARCHAR
  };

  private static final DataType[] OTHER_VECTORS = {
    DataType.FLOAT16_VECTOR,
    DataType.BFLOAT16_VECTOR,
    DataType.INT8_VECTOR,
    DataType.BINARY_VECTOR,
    DataType.SPARSE_FLOAT_VECTOR
  };

  private RandomBatches() {}

  /**
   * A primary key (id 100), a float vector (id 101), and a nullable field of each other type of
   * values, array elements and vectors, and of lists of vectors.
   */
  public static CollectionSchema schema(DataType primaryKeyType, int dimension) {
    List<FieldSchema> fields = new ArrayList<>();
    fields.add(FieldSchema.of(100, "pk", primaryKeyType).asPrimaryKey(false));
    fields.add(
        FieldSchema.of(101, "vector", DataType.FLOAT_VECTOR)
            .withParameters(Map.of("dim", String.valueOf(dimension))));
    long id = 102;
    for (DataType type : SCALARS) {
      fields.add(FieldSchema.of(id, "f" + id, type).asNullable());
      id++;
    }
    for (DataType type : SCALARS) {
      fields.add(FieldSchema.of(id, "f" + id, DataType.INT8).withElementType(type).asNullable());
      id++;
    }
    fields.add(FieldSchema.of(id, "json", DataType.JSON).asNullable());
    for (DataType type : OTHER_VECTORS) {
      id++;
      FieldSchema field = FieldSchema.of(id, "v" + id, type).asNullable();
      int bits = type == DataType.BINARY_VECTOR ? Byte.SIZE : 1;
      fields.add(
          type == DataType.SPARSE_FLOAT_VECTOR
              ? field
              : field.withParameters(Map.of("dim", String.valueOf(bits * dimension))));
    }
    fields.add(FieldSchema.of(++id, "time", DataType.TIMESTAMPTZ).asNullable());
    fields.add(FieldSchema.of(++id, "shape", DataType.GEOMETRY).asNullable());
    fields.add(
        FieldSchema.of(++id, "list", DataType.INT8)
            .withElementType(DataType.FLOAT_VECTOR)
            .withParameters(Map.of("dim", String.valueOf(dimension)))
            .asNullable());
    return new CollectionSchema("c", "", fields, false);
  }

  public static ColumnBatch batch(Random random, List<FieldSchema> fields, int rowCount) {
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (FieldSchema field : fields) {
      ColumnBuilder builder = ColumnBuilder.forField(field, rowCount);
      for (int row = 0; row < rowCount; row++) {
        if (field.nullable() && random.nextInt(5) == 0) {
          builder.appendNull();
        } else {
          append(random, field, builder);
        }
      }
      columns.put(field.id(), builder.build());
    }
    return new ColumnBatch(rowCount, columns);
  }

  private static void append(Random random, FieldSchema field, ColumnBuilder builder) {
    switch (field.type()) {
      case BOOL -> builder.appendBoolean(random.nextBoolean());
      case INT8 -> builder.appendLong((byte) random.nextInt());
      case INT16 -> builder.appendLong((short) random.nextInt());
      case INT32 -> builder.appendLong(random.nextInt());
      case INT64, TIMESTAMPTZ -> builder.appendLong(random.nextLong());
      case GEOMETRY ->
          builder.appendGeometry(
              WellKnownText.toBinary(
                  random.nextBoolean()
                      ? "POINT (" + random.nextInt(9) + " 2)"
                      : "LINESTRING (0 0, 1 " + random.nextInt(9) + ", 5 5)"));
      case FLOAT -> builder.appendDouble(random.nextFloat());
      case DOUBLE -> builder.appendDouble(random.nextGaussian());
      case VARCHAR -> builder.appendString(string(random));
      case JSON -> builder.appendJson(("{\"a\":" + random.nextInt() + "}").getBytes(UTF_8));
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR ->
          builder.appendVector(vector(random, field.dimension()), 0);
      case INT8_VECTOR, BINARY_VECTOR -> {
        byte[] bytes = new byte[ColumnType.of(field).width()];
        random.nextBytes(bytes);
        builder.appendVectorBytes(bytes, 0);
      }
      case SPARSE_FLOAT_VECTOR -> appendSparse(random, builder);
      case ARRAY -> appendArray(random, field.elementType().orElseThrow(), builder);
      case ARRAY_OF_VECTOR -> {
        builder.beginArray();
        for (int i = random.nextInt(4); i > 0; i--) {
          builder.appendVector(vector(random, field.dimension()), 0);
        }
        builder.endArray();
      }
      default -> throw new IllegalArgumentException("no such type: type=" + field.type());
    }
  }

  private static void appendSparse(Random random, ColumnBuilder builder) {
    int count = random.nextInt(6);
    int[] indices = new int[count];
    float[] values = new float[count];
    int index = random.nextInt(10);
    for (int i = 0; i < count; i++) {
      // Beyond the largest signed number in about half of the vectors.
      indices[i] = index;
      index += 1 + random.nextInt(1 << 30);
      values[i] = random.nextFloat();
    }
    builder.appendSparseVector(indices, values, count);
  }

  private static void appendArray(Random random, DataType elementType, ColumnBuilder builder) {
    builder.beginArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      switch (elementType) {
        case BOOL -> builder.appendElementBoolean(random.nextBoolean());
        case VARCHAR -> builder.appendElementString(string(random));
        case FLOAT, DOUBLE -> builder.appendElementDouble(random.nextFloat());
        default -> builder.appendElementLong((byte) random.nextInt());
      }
    }
    builder.endArray();
  }

  public static float[] vector(Random random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static String string(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(random.nextInt(6) == 0 ? 0x1F331 : 'a' + random.nextInt(26));
    }
    return text.toString();
  }

  /** The row's value as something with equals. */
  public static Object value(Column column, int row) {
    if (column.isNull(row)) {
      return "null";
    }
    return switch (column) {
      case LongColumn integers -> integers.longAt(row);
      case DoubleColumn doubles -> doubles.doubleAt(row);
      case BooleanColumn booleans -> booleans.booleanAt(row);
      case StringColumn strings -> "'" + strings.stringAt(row);
      case GeometryColumn shapes -> WellKnownText.toText(shapes.wkbAt(row));
      case JsonColumn json -> new String(json.jsonUtf8At(row), UTF_8);
      case DenseVectorColumn vectors -> {
        float[] floats = new float[vectors.dimension()];
        vectors.copyVector(row, floats, 0);
        yield list(floats);
      }
      case VectorListColumn lists -> {
        float[] floats = new float[lists.lengthAt(row) * lists.dimension()];
        lists.copyVectors(row, 0, lists.lengthAt(row), floats, 0);
        yield list(floats);
      }
      case BinaryVectorColumn vectors -> {
        long offset = vectors.offsetInBlock(row);
        byte[] bits =
            vectors.blockOf(row).asSlice(offset, vectors.vectorBytes()).toArray(JAVA_BYTE);
        yield Arrays.toString(bits);
      }
      case SparseVectorColumn vectors -> {
        int[] indices = new int[vectors.entryCount(row)];
        float[] values = new float[indices.length];
        vectors.copyEntries(row, indices, values);
        yield Arrays.toString(indices) + Arrays.toString(values);
      }
      case ArrayColumn array -> {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < array.lengthAt(row); i++) {
          elements.add(
              switch (array.elementType()) {
                case BOOL -> array.booleanAt(row, i);
                case VARCHAR -> array.stringAt(row, i);
                case FLOAT, DOUBLE -> array.doubleAt(row, i);
                default -> array.longAt(row, i);
              });
        }
        yield elements;
      }
      default -> throw new IllegalArgumentException("no such column: type=" + column.type());
    };
  }

  private static List<Float> list(float[] floats) {
    List<Float> list = new ArrayList<>();
    for (float value : floats) {
      list.add(value);
    }
    return list;
  }

  public static void assertSameRows(ColumnBatch actual, ColumnBatch expected) {
    assertThat(actual.rowCount()).isEqualTo(expected.rowCount());
    assertThat(actual.columns().keySet()).containsExactlyElementsOf(expected.columns().keySet());
    expected
        .columns()
        .forEach(
            (fieldId, column) -> {
              for (int row = 0; row < expected.rowCount(); row++) {
                assertThat(value(actual.column(fieldId), row)).isEqualTo(value(column, row));
              }
            });
  }
}
