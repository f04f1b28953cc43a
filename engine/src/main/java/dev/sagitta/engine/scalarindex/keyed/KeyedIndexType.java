package dev.sagitta.engine.scalarindex.keyed;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarIndexType;
import dev.sagitta.engine.scalarindex.build.IndexBuild;
import dev.sagitta.engine.scalarindex.build.KeySource;
import dev.sagitta.engine.scalarindex.build.ScalarIndexBuilder;
import dev.sagitta.engine.scalarindex.file.RowLayout;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import dev.sagitta.engine.scalarindex.json.JsonIndexParameters;
import dev.sagitta.engine.scalarindex.json.JsonIndexes;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The families whose keys are values: INVERTED, BITMAP, STL_SORT, Trie and HYBRID. They accept
 * different fields and store rows differently.
 */
public final class KeyedIndexType implements ScalarIndexType {
  private static final String CARDINALITY_LIMIT = "bitmap_cardinality_limit";
  private static final int DEFAULT_CARDINALITY_LIMIT = 100;
  private static final int LARGEST_CARDINALITY_LIMIT = 1000;

  private static final Set<DataType> INTEGERS =
      Set.of(DataType.INT8, DataType.INT16, DataType.INT32, DataType.INT64);

  /** Types of many distinct values, which a BITMAP does not take. */
  private static final Set<DataType> CONTINUOUS =
      Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.TIMESTAMPTZ);

  /** How a family stores the rows of keys. */
  private enum Rows {
    LISTS,
    CONTAINERS,
    BY_CARDINALITY
  }

  private final String name;
  private final Set<DataType> valueTypes;
  private final boolean arrays;
  private final boolean json;
  private final Rows rows;

  private KeyedIndexType(
      String name, Set<DataType> valueTypes, boolean arrays, boolean json, Rows rows) {
    this.name = requireNonNull(name, "name is null");
    this.valueTypes = valueTypes;
    this.arrays = arrays;
    this.json = json;
    this.rows = requireNonNull(rows, "rows is null");
  }

  /** INVERTED: all scalar types, elements of arrays, and JSON paths. */
  public static KeyedIndexType inverted() {
    return new KeyedIndexType("INVERTED", allTypes(), true, true, Rows.LISTS);
  }

  /** BITMAP: values with few distinct ones. */
  public static KeyedIndexType bitmap() {
    return new KeyedIndexType("BITMAP", discreteTypes(), true, false, Rows.CONTAINERS);
  }

  /** STL_SORT: numbers, strings and points in time. */
  public static KeyedIndexType sorted() {
    return new KeyedIndexType(
        "STL_SORT",
        union(union(INTEGERS, CONTINUOUS), Set.of(DataType.VARCHAR)),
        false,
        false,
        Rows.LISTS);
  }

  /** Trie: strings, which are stored without the prefixes that they share. */
  public static KeyedIndexType trie() {
    return new KeyedIndexType("Trie", Set.of(DataType.VARCHAR), false, false, Rows.LISTS);
  }

  /** HYBRID: as BITMAP for few distinct values, else as INVERTED. */
  public static KeyedIndexType hybrid() {
    return new KeyedIndexType("HYBRID", allTypes(), true, false, Rows.BY_CARDINALITY);
  }

  private static Set<DataType> discreteTypes() {
    return union(INTEGERS, Set.of(DataType.BOOL, DataType.VARCHAR));
  }

  private static Set<DataType> allTypes() {
    return union(discreteTypes(), CONTINUOUS);
  }

  private static Set<DataType> union(Set<DataType> some, Set<DataType> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> validate(FieldSchema field, Map<String, String> parameters) {
    DataType type = field.type();
    boolean supported =
        switch (type) {
          case JSON -> json;
          case ARRAY -> arrays && valueTypes.contains(field.elementType().orElseThrow());
          default -> valueTypes.contains(type);
        };
    if (!supported) {
      throw SagittaException.invalidParameter(
          String.format(
              "index %s is not supported on this field: field=%s type=%s%s",
              name,
              field.name(),
              type.milvusName(),
              field.elementType().map(element -> " of " + element.milvusName()).orElse("")));
    }
    if (rows == Rows.CONTAINERS && field.primaryKey()) {
      throw SagittaException.invalidParameter(
          "create bitmap index on primary key not supported: field=" + field.name());
    }
    if (type == DataType.JSON) {
      JsonIndexParameters _ = JsonIndexParameters.of(field, parameters);
    }
    Map<String, String> complete = new HashMap<>(parameters);
    if (rows == Rows.BY_CARDINALITY || parameters.containsKey(CARDINALITY_LIMIT)) {
      complete.put(CARDINALITY_LIMIT, Integer.toString(cardinalityLimit(parameters)));
    }
    return complete;
  }

  private static int cardinalityLimit(Map<String, String> parameters) {
    return IndexParameters.integer(
        parameters, CARDINALITY_LIMIT, DEFAULT_CARDINALITY_LIMIT, 1, LARGEST_CARDINALITY_LIMIT);
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
    IndexBuild build = new IndexBuild(name, field, column.rowCount(), identity, progress, target);
    if (column instanceof JsonColumn documents) {
      JsonIndexes.build(build, parameters, documents);
      return;
    }
    int limit = cardinalityLimit(parameters);
    new ScalarIndexBuilder(build, keysOf(column), keyCount -> layout(keyCount, limit)).write();
  }

  private RowLayout layout(int keyCount, int limit) {
    return switch (rows) {
      case LISTS -> RowLayout.LISTS;
      case CONTAINERS -> RowLayout.CONTAINERS;
      case BY_CARDINALITY -> keyCount <= limit ? RowLayout.CONTAINERS : RowLayout.LISTS;
    };
  }

  /** Keys that are the column's values or the elements of its arrays. */
  public static KeySource keysOf(Column column) {
    return new ColumnKeys(column);
  }

  @Override
  public ScalarIndex open(MemorySegment file, int rowCount, IndexFileIdentity expected) {
    ScalarIndexFile opened = ScalarIndexFile.open(file, name, rowCount, expected);
    Optional<MemorySegment> path = opened.path();
    return path.isPresent() ? JsonIndexes.open(opened, path.get()) : new KeyedIndex(opened);
  }
}
