package dev.sagitta.embedding.local;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.EmbeddingMode;
import dev.sagitta.embedding.FunctionParameters;
import dev.sagitta.embedding.TextEmbedder;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Set;

/** A function's use of a model in this process, which is loaded at the first text. */
public final class LocalTextEmbedder implements TextEmbedder {
  /** More would not be done before a request times out. */
  static final int MAXIMUM_BATCH = 4096;

  private static final Set<String> PARAMETERS = Set.of("provider", "model_name", "dim", "truncate");

  private final LocalModels models;
  private final LocalModelDescription description;
  private final boolean truncate;

  private LocalTextEmbedder(
      LocalModels models, LocalModelDescription description, boolean truncate) {
    this.models = requireNonNull(models, "models is null");
    this.description = requireNonNull(description, "description is null");
    this.truncate = truncate;
  }

  /**
   * Checks a function's parameters: {@code model_name} (by default the first model), {@code
   * truncate} (true: what the model does not see of a long text is left out; false: such a text is
   * refused), {@code dim}.
   *
   * @throws SagittaException 1100 for parameters or an output field that do not fit, 2 when there
   *     are no models
   */
  public static LocalTextEmbedder create(LocalModels models, FunctionParameters parameters) {
    parameters.allowOnly(PARAMETERS);
    List<LocalModelDescription> known = models.descriptions();
    LocalModelDescription description =
        parameters.text("model_name").map(name -> named(known, name)).orElseGet(known::getFirst);
    if (parameters.context().output().type() != DataType.FLOAT_VECTOR) {
      throw SagittaException.invalidParameter(
          "embedding model output and field type mismatch, model output is FloatVector,"
              + " field type is "
              + parameters.context().output().type().milvusName());
    }
    var _ = parameters.dimension();
    return new LocalTextEmbedder(models, description, parameters.flag("truncate", true));
  }

  private static LocalModelDescription named(List<LocalModelDescription> known, String name) {
    return known.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "unknown embedding model: model_name="
                        + name
                        + " known="
                        + known.stream().map(LocalModelDescription::name).toList()));
  }

  @Override
  public int maximumBatch() {
    return MAXIMUM_BATCH;
  }

  @Override
  public int dimension() {
    return description.dimension();
  }

  @Override
  public float[] embed(List<String> texts, EmbeddingMode mode, Deadline deadline) {
    return models.model(description.name()).embed(texts, truncate, mode, deadline);
  }
}
