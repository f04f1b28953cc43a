package dev.sagitta.engine.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Gives the JSON of older catalog objects the properties that came later.
 *
 * <pre>
 * version 2: collection schemas have {@code functions}; older ones have none.
 *            Collections have {@code truncatedTimestamp}; older ones were never truncated.
 * version 3: collection schemas have {@code structs}; older ones have none.
 * </pre>
 */
final class CatalogUpgrade {
  private CatalogUpgrade() {}

  /** Changes the JSON of {@code version} to that of {@link CatalogCodec#VERSION}. */
  static void upgrade(JsonNode root, int version) {
    if (version < 2) {
      addPropertiesOfVersion2(root);
    }
    if (version < 3) {
      addPropertiesOfVersion3(root);
    }
  }

  private static void addPropertiesOfVersion3(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("dynamicFieldEnabled")) {
      object.putArray("structs");
      return;
    }
    for (JsonNode child : node) {
      addPropertiesOfVersion3(child);
    }
  }

  /**
   * Schemas are the objects with {@code dynamicFieldEnabled}, collections those with {@code
   * updatedTimestamp}, however deep they lie.
   */
  private static void addPropertiesOfVersion2(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.has("dynamicFieldEnabled")) {
        object.putArray("functions");
        return;
      }
      if (object.has("updatedTimestamp")) {
        object.put("truncatedTimestamp", 0L);
      }
    }
    for (JsonNode child : node) {
      addPropertiesOfVersion2(child);
    }
  }
}
