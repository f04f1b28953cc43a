package dev.sagitta.engine.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Gives the JSON of older catalog objects the properties that came later.
 *
 * <pre>
 * version 2: collections have {@code truncatedTimestamp}; older ones were never truncated
 * </pre>
 */
final class CatalogUpgrade {
  private CatalogUpgrade() {}

  /** Changes the JSON of {@code version} to that of {@link CatalogCodec#VERSION}. */
  static void upgrade(JsonNode root, int version) {
    if (version < 2) {
      addTruncatedTimestamp(root);
    }
  }

  /** Collections are the objects with {@code updatedTimestamp}, however deep they lie. */
  private static void addTruncatedTimestamp(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("updatedTimestamp")) {
      object.put("truncatedTimestamp", 0L);
      return;
    }
    for (JsonNode child : node) {
      addTruncatedTimestamp(child);
    }
  }
}
