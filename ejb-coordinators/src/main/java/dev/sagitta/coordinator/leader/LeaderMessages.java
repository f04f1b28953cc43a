package dev.sagitta.coordinator.leader;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sagitta.engine.catalog.CatalogJson;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.io.IOException;

/** Requests to the leader and its answers as JSON, by the mapping of the catalog. */
public final class LeaderMessages {
  private LeaderMessages() {}

  public static byte[] encode(Object message) {
    try {
      return CatalogJson.mapper().writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("message cannot be written: type=" + message.getClass(), e);
    }
  }

  /**
   * @throws SagittaException code INTERNAL if the bytes are no such message (another release)
   */
  public static <T> T decode(byte[] bytes, Class<T> type) {
    try {
      return CatalogJson.mapper().readValue(bytes, type);
    } catch (IOException e) {
      throw new SagittaException(
          ErrorCode.INTERNAL,
          "unreadable message: type=" + type.getSimpleName() + " reason=" + e.getMessage(),
          e);
    }
  }
}
