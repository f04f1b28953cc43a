package dev.sagitta.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change of a database's, a collection's or an index's properties.
 *
 * @param set values by key
 * @param removed keys
 */
public record PropertyChange(Map<String, String> set, Set<String> removed) {
  public PropertyChange {
    set = Map.copyOf(set);
    removed = Set.copyOf(removed);
  }

  /**
   * The {@code properties} of a request that sets some.
   *
   * @throws SagittaException 1802 if there are none
   */
  public static PropertyChange setting(RequestBody body) {
    Map<String, JsonNode> properties = body.members("properties");
    if (properties.isEmpty()) {
      throw JsonErrors.missing("properties");
    }
    return new PropertyChange(RequestBody.parameterTexts(properties), Set.of());
  }

  /**
   * The {@code propertyKeys} of a request that removes some.
   *
   * @throws SagittaException 1802 if there are none
   */
  public static PropertyChange removing(RequestBody body) {
    List<String> keys = body.texts("propertyKeys");
    if (keys.isEmpty()) {
      throw JsonErrors.missing("propertyKeys");
    }
    return new PropertyChange(Map.of(), Set.copyOf(keys));
  }
}
