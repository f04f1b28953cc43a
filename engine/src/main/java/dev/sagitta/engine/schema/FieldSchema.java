package dev.sagitta.engine.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sagitta.engine.text.MultiAnalyzer;
import java.util.Map;
import java.util.Optional;

/**
 * One field of a collection.
 *
 * @param id stable number inside the collection; user fields start at {@link #FIRST_USER_FIELD_ID}
 * @param name unique inside the collection; a sub-field of a struct has the name that {@link
 *     StructSchema#fieldName} says
 * @param type type of the values
 * @param elementType type of the elements when {@code type} is ARRAY or ARRAY_OF_VECTOR, else empty
 * @param description free text, may be empty
 * @param primaryKey whether this is the collection's only primary key (INT64 or VARCHAR)
 * @param autoId whether the server makes the primary key's values
 * @param partitionKey whether rows are spread over partitions by this field
 * @param clusteringKey whether segments are pruned by this field
 * @param nullable whether values may be null
 * @param defaultValue value stored when a row has none: Boolean, Long (for Timestamptz the
 *     microseconds since 1970), Double or String (for Geometry the WKT)
 * @param dynamic whether this is the hidden JSON field {@link #DYNAMIC_FIELD_NAME}
 * @param parameters Milvus type parameters as text: dim, max_length, max_capacity, mmap.enabled...
 */
public record FieldSchema(
    long id,
    String name,
    DataType type,
    Optional<DataType> elementType,
    String description,
    boolean primaryKey,
    boolean autoId,
    boolean partitionKey,
    boolean clusteringKey,
    boolean nullable,
    Optional<Object> defaultValue,
    boolean dynamic,
    Map<String, String> parameters) {

  /** Reserved id of the row id column (unused on disk, kept for Milvus compatibility). */
  public static final long ROW_ID_FIELD_ID = 0;

  /** Reserved id of the column that holds each row's timestamp. */
  public static final long TIMESTAMP_FIELD_ID = 1;

  public static final long FIRST_USER_FIELD_ID = 100;

  /** Name of the hidden JSON field that holds undeclared keys. */
  public static final String DYNAMIC_FIELD_NAME = "$meta";

  public FieldSchema {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(elementType, "elementType is null");
    requireNonNull(description, "description is null");
    requireNonNull(defaultValue, "defaultValue is null");
    parameters = Map.copyOf(requireNonNull(parameters, "parameters is null"));
    if (type.hasElements() != elementType.isPresent()) {
      throw new IllegalArgumentException(
          "elementType is for arrays only: field=" + name + " type=" + type);
    }
  }

  /** A plain field without defaults or flags; change it with the {@code with} methods. */
  public static FieldSchema of(long id, String name, DataType type) {
    return new FieldSchema(
        id,
        name,
        type,
        Optional.empty(),
        "",
        false,
        false,
        false,
        false,
        false,
        Optional.empty(),
        false,
        Map.of());
  }

  /** Number of elements of a dense vector or of each of a list, bits of a binary one, else 0. */
  @JsonIgnore
  public int dimension() {
    if (type == DataType.SPARSE_FLOAT_VECTOR) {
      return 0;
    }
    String dimension = parameters.get("dim");
    if (dimension == null) {
      throw new IllegalStateException("field has no dimension: field=" + name + " type=" + type);
    }
    return Integer.parseInt(dimension);
  }

  /** Largest length of a VARCHAR value or VARCHAR array element, in UTF-8 bytes. */
  @JsonIgnore
  public int maxLength() {
    return Integer.parseInt(parameters.getOrDefault("max_length", "65535"));
  }

  /** Whether texts of this VARCHAR field are cut into tokens. */
  @JsonIgnore
  public boolean analyzed() {
    return Boolean.parseBoolean(parameters.get("enable_analyzer"));
  }

  /** The analyzers of which another field of the row names one, if there are several. */
  public Optional<MultiAnalyzer> multiAnalyzer() {
    return Optional.ofNullable(parameters.get("multi_analyzer_params")).map(MultiAnalyzer::of);
  }

  /** Whether filters may ask for words and phrases of this VARCHAR field. */
  @JsonIgnore
  public boolean matched() {
    return type == DataType.VARCHAR
        && analyzed()
        && Boolean.parseBoolean(parameters.get("enable_match"));
  }

  /** JSON text of the analyzer's parameters; empty for the standard analyzer. */
  @JsonIgnore
  public String analyzerParameters() {
    return parameters.getOrDefault("analyzer_params", "");
  }

  /** Largest number of elements of an ARRAY or ARRAY_OF_VECTOR value. */
  @JsonIgnore
  public int maxCapacity() {
    return Integer.parseInt(parameters.getOrDefault("max_capacity", "4096"));
  }

  public FieldSchema withId(long newId) {
    return new FieldSchema(
        newId,
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        defaultValue,
        dynamic,
        parameters);
  }

  public FieldSchema withDescription(String newDescription) {
    return new FieldSchema(
        id,
        name,
        type,
        elementType,
        newDescription,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        defaultValue,
        dynamic,
        parameters);
  }

  public FieldSchema asPartitionKey() {
    return new FieldSchema(
        id,
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        true,
        clusteringKey,
        nullable,
        defaultValue,
        dynamic,
        parameters);
  }

  public FieldSchema asPrimaryKey(boolean withAutoId) {
    return new FieldSchema(
        id,
        name,
        type,
        elementType,
        description,
        true,
        withAutoId,
        partitionKey,
        clusteringKey,
        nullable,
        defaultValue,
        dynamic,
        parameters);
  }

  public FieldSchema asNullable() {
    return new FieldSchema(
        id,
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        true,
        defaultValue,
        dynamic,
        parameters);
  }

  public FieldSchema asDynamic() {
    return new FieldSchema(
        id,
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        defaultValue,
        true,
        parameters);
  }

  /** An Array of elements of the type, or an ArrayOfVector if these are vectors. */
  public FieldSchema withElementType(DataType newElementType) {
    return new FieldSchema(
        id,
        name,
        newElementType.isVector() ? DataType.ARRAY_OF_VECTOR : DataType.ARRAY,
        Optional.of(newElementType),
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        defaultValue,
        dynamic,
        parameters);
  }

  public FieldSchema withDefaultValue(Object newDefaultValue) {
    return new FieldSchema(
        id,
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        Optional.of(newDefaultValue),
        dynamic,
        parameters);
  }

  public FieldSchema withParameters(Map<String, String> newParameters) {
    return new FieldSchema(
        id,
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        defaultValue,
        dynamic,
        newParameters);
  }
}
