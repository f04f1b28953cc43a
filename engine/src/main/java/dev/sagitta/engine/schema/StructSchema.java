package dev.sagitta.engine.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;

/**
 * An array of structs as clients see it. Its rows are stored as those of its sub-fields, which are
 * fields of the collection of their own: an Array of the values of each scalar, an ArrayOfVector of
 * each vector, all of one length in a row. A field belongs to the struct that its name starts with.
 *
 * @param id stable number inside the collection, from the same sequence as those of fields
 * @param name unique among the structs and fields of the collection
 * @param description free text, may be empty
 * @param parameters Milvus type parameters as text: max_capacity, mmap.enabled...
 */
public record StructSchema(
    long id, String name, String description, Map<String, String> parameters) {
  /** The type of such a field, as answers show it. */
  public static final String TYPE_NAME = "ArrayOfStruct";

  /** The type of the elements of such a field. */
  public static final String ELEMENT_TYPE_NAME = "Struct";

  /** Key of the parameter that bounds the number of structs in a row. */
  public static final String MAXIMUM_CAPACITY = "max_capacity";

  public StructSchema {
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    parameters = Map.copyOf(requireNonNull(parameters, "parameters is null"));
  }

  /** Name of the collection's field that holds a sub-field, for example {@code clips[text]}. */
  public static String fieldName(String struct, String subField) {
    return struct + "[" + subField + "]";
  }

  /** Whether the field has the name of a sub-field of some struct. */
  public static boolean isSubField(FieldSchema field) {
    return isSubField(field.name());
  }

  /** Whether it is the name of a sub-field of some struct. */
  public static boolean isSubField(String fieldName) {
    return fieldName.indexOf('[') > 0 && fieldName.endsWith("]");
  }

  /** Whether the field is a sub-field of this struct. */
  public boolean holds(FieldSchema field) {
    return isSubField(field) && structName(field).equals(name);
  }

  /**
   * The name of the struct that the field is a sub-field of.
   *
   * @throws IllegalArgumentException if the field is in no struct
   */
  public static String structName(FieldSchema field) {
    return field.name().substring(0, bracketOf(field));
  }

  /**
   * The name by which clients know the field inside its struct.
   *
   * @throws IllegalArgumentException if the field is in no struct
   */
  public static String subName(FieldSchema field) {
    return field.name().substring(bracketOf(field) + 1, field.name().length() - 1);
  }

  private static int bracketOf(FieldSchema field) {
    if (!isSubField(field)) {
      throw new IllegalArgumentException("field is in no struct: field=" + field.name());
    }
    return field.name().indexOf('[');
  }

  /** Largest number of structs in a row. */
  @JsonIgnore
  public int maxCapacity() {
    return Integer.parseInt(parameters.get(MAXIMUM_CAPACITY));
  }

  public StructSchema withId(long newId) {
    return new StructSchema(newId, name, description, parameters);
  }
}
