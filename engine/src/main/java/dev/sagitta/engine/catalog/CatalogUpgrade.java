package dev.sagitta.engine.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Gives the JSON of older catalog objects the properties that came later.
 *
 * <pre>
 * version 2: collection schemas have {@code functions}; older ones have none
 * </pre>
 */
final class CatalogUpgrade {
  private CatalogUpgrade() {}

  /** Changes the JSON of {@code version} to that of {@link CatalogCodec#VERSION}. */
  static void upgrade(JsonNode root, int version) {
    if (version < 2) {
      addFunctions(root);
    }
  }

  /** Schemas are the objects with {@code dynamicFieldEnabled}, however deep they lie. */
  private static void addFunctions(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("dynamicFieldEnabled")) {
      object.putArray("functions");
      return;
    }
    for (JsonNode child : node) {
      addFunctions(child);
    }
  }
}
