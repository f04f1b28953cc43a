package dev.sagitta.engine.schema;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.Locale;
import java.util.Set;

/** Milvus's rules for names, with its codes and words. */
public final class NameRules {
  /** Words of the expression language and of the system; no field may have them as its name. */
  private static final Set<String> RESERVED_FIELD_NAMES =
      Set.of(
          "and",
          "or",
          "not",
          "in",
          "like",
          "exists",
          "is",
          "null",
          "true",
          "false",
          "json_contains",
          "json_contains_all",
          "json_contains_any",
          "array_contains",
          "array_contains_all",
          "array_contains_any",
          "array_length",
          "text_match",
          "phrase_match",
          "random_sample");

  private static final Set<String> SYSTEM_FIELD_NAMES =
      Set.of("RowID", "Timestamp", FieldSchema.DYNAMIC_FIELD_NAME, "$namespace_id");

  private NameRules() {}

  /** Code 1100 for a bad name of a collection. */
  public static void checkCollectionName(String name, int maximumLength) {
    check(ErrorCode.INVALID_PARAMETER, "collection", name, maximumLength);
  }

  /** Code 1100 for a bad alias. */
  public static void checkAlias(String name, int maximumLength) {
    check(ErrorCode.INVALID_PARAMETER, "collection alias", name, maximumLength);
  }

  /** Code 802 for a bad name of a database. */
  public static void checkDatabaseName(String name, int maximumLength) {
    check(ErrorCode.DATABASE_INVALID_NAME, "database", name, maximumLength);
  }

  /** Code 65535 for a bad name of a partition. */
  public static void checkPartitionName(String name, int maximumLength) {
    if (name.isBlank()) {
      throw new SagittaException(ErrorCode.UNEXPECTED, "Partition name should not be empty.");
    }
    check(ErrorCode.UNEXPECTED, "partition", name, maximumLength);
  }

  /** Code 1100 for a bad name of an index. */
  public static void checkIndexName(String name, int maximumLength) {
    check(ErrorCode.INVALID_PARAMETER, "index", name, maximumLength);
  }

  /** Code 1701 for a bad name of a field. */
  public static void checkFieldName(String name, int maximumLength) {
    check(ErrorCode.FIELD_INVALID_NAME, "field", name, maximumLength);
    if (SYSTEM_FIELD_NAMES.contains(name)) {
      throw bad(ErrorCode.FIELD_INVALID_NAME, "field", name, "it is a system field name");
    }
    if (RESERVED_FIELD_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
      throw bad(
          ErrorCode.FIELD_INVALID_NAME, "field", name, "it is a keyword of filter expressions");
    }
  }

  private static void check(ErrorCode code, String kind, String name, int maximumLength) {
    if (name.isEmpty()) {
      throw bad(code, kind, name, kind + " name should not be empty");
    }
    if (name.length() > maximumLength) {
      throw bad(
          code,
          kind,
          name.substring(0, Math.min(maximumLength, 64)) + "...",
          "the length of a "
              + kind
              + " name must be less than "
              + maximumLength
              + " characters: length="
              + name.length());
    }
    if (!isLetter(name.charAt(0)) && name.charAt(0) != '_') {
      throw bad(
          code,
          kind,
          name,
          "the first character of a " + kind + " name must be an underscore or letter");
    }
    for (int i = 1; i < name.length(); i++) {
      char character = name.charAt(i);
      boolean allowed =
          isLetter(character)
              || (character >= '0' && character <= '9')
              || character == '_'
              || character == '$';
      if (!allowed) {
        throw bad(
            code, kind, name, kind + " name can only contain numbers, letters and underscores");
      }
    }
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  private static SagittaException bad(ErrorCode code, String kind, String name, String why) {
    return new SagittaException(
        code, "Invalid " + kind + " name: " + name + ". " + why + ": invalid parameter");
  }
}
