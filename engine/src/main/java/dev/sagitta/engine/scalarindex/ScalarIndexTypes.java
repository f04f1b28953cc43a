package dev.sagitta.engine.scalarindex;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.scalarindex.keyed.KeyedIndexType;
import dev.sagitta.engine.scalarindex.ngram.NgramIndexType;
import dev.sagitta.engine.scalarindex.rtree.RtreeIndexType;
import dev.sagitta.engine.scalarindex.words.TextIndexType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All families of scalar indexes, by Milvus's name. A new family is one more line here. */
public final class ScalarIndexTypes {
  /** The name by which a client leaves the choice to us. */
  public static final String AUTOINDEX = "AUTOINDEX";

  private static final String BITMAP = "BITMAP";
  private static final String INVERTED = "INVERTED";
  private static final String HYBRID = "HYBRID";
  private static final String STL_SORT = "STL_SORT";

  private static final Map<String, ScalarIndexType> BY_NAME =
      List.of(
              KeyedIndexType.inverted(),
              KeyedIndexType.bitmap(),
              KeyedIndexType.sorted(),
              KeyedIndexType.trie(),
              KeyedIndexType.hybrid(),
              new NgramIndexType(),
              new RtreeIndexType(),
              new TextIndexType())
          .stream()
          .collect(Collectors.toUnmodifiableMap(ScalarIndexType::name, Function.identity()));

  /** Other names that Milvus knows, the misspelt one included. */
  private static final Map<String, String> ALIASES =
      Map.of("sort", STL_SORT, "Asceneding", STL_SORT, "TRIE", "Trie", "marisa-trie", "Trie");

  private ScalarIndexTypes() {}

  /** The names of all types, without {@link #AUTOINDEX}. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * What a client's choice means here.
   *
   * @param type the family
   * @param parameters its parameters, complete
   */
  public record Resolved(ScalarIndexType type, Map<String, String> parameters) {
    public Resolved {
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * Finds the family, checks that it fits the field, and completes the parameters. {@link
   * #AUTOINDEX} becomes BITMAP for Bool, INVERTED for JSON, RTREE for Geometry, STL_SORT for
   * Timestamptz and HYBRID for all else.
   *
   * @param name a family's name, an alias of it, or {@link #AUTOINDEX}
   * @throws SagittaException code 1100, 1101 or 65535, naming the culprit
   */
  public static Resolved resolve(String name, FieldSchema field, Map<String, String> parameters) {
    String family = name.equals(AUTOINDEX) ? automatic(field) : ALIASES.getOrDefault(name, name);
    ScalarIndexType type = BY_NAME.get(family);
    if (type == null) {
      throw SagittaException.invalidParameter(
          "invalid index type: "
              + name
              + " for field "
              + field.name()
              + " of type "
              + field.type().milvusName());
    }
    return new Resolved(type, type.validate(field, parameters));
  }

  /**
   * As {@link #resolve}, for a client: it cannot choose a family that comes with a field.
   *
   * @throws SagittaException code 1100, 1101 or 65535, naming the culprit
   */
  public static Resolved resolveChosen(
      String name, FieldSchema field, Map<String, String> parameters) {
    if (name.equals(TextIndexType.NAME)) {
      throw SagittaException.invalidParameter(
          "invalid index type: " + name + ", it comes with enable_match: field=" + field.name());
    }
    return resolve(name, field, parameters);
  }

  private static String automatic(FieldSchema field) {
    return switch (field.elementType().orElse(field.type())) {
      case BOOL -> BITMAP;
      case JSON -> INVERTED;
      case GEOMETRY -> RtreeIndexType.NAME;
      case TIMESTAMPTZ -> STL_SORT;
      default -> HYBRID;
    };
  }
}
