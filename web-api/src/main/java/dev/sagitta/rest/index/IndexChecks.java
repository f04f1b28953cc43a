package dev.sagitta.rest.index;

import dev.sagitta.coordinator.root.RootCoordinator.IndexCreation;
import dev.sagitta.engine.scalarindex.ScalarIndexTypes;
import dev.sagitta.engine.scalarindex.json.JsonIndexParameters;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricRules;

/** Refuses indexes that cannot be, before anything is created. */
public final class IndexChecks {
  private IndexChecks() {}

  /**
   * Checks an index against its field.
   *
   * @param field the named field, or the dynamic one if there is none of that name
   * @throws dev.sagitta.engine.error.SagittaException code 1100, 1101 or 65535
   */
  public static void check(CollectionSchema schema, FieldSchema field, IndexCreation index) {
    if (field.type().isVector()) {
      index.metric().ifPresent(metric -> MetricRules.check(schema, field, metric));
    } else {
      ScalarIndexTypes.Resolved _ =
          ScalarIndexTypes.resolveChosen(
              index.indexType().orElse(ScalarIndexTypes.AUTOINDEX),
              field,
              JsonIndexParameters.withDefaultPath(field, index.fieldName(), index.parameters()));
    }
  }
}
