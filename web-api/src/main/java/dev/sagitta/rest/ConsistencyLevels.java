package dev.sagitta.rest;

import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.rest.json.RequestBody;
import java.util.Optional;

/** Names of consistency levels in requests; case matters. */
public final class ConsistencyLevels {
  private ConsistencyLevels() {}

  /** The read's level, if it names one. */
  public static Optional<ConsistencyLevel> of(RequestBody body) {
    return body.text("consistencyLevel")
        .filter(name -> !name.isEmpty())
        .map(ConsistencyLevels::parse);
  }

  /** Code 1100 for anything but a level's exact name. */
  public static ConsistencyLevel parse(String name) {
    return ConsistencyLevel.fromMilvusName(name)
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "parameter:'"
                        + name
                        + "' is incorrect, consistencyLevel can only be [Strong, Session, Bounded,"
                        + " Eventually, Customized]"));
  }
}
