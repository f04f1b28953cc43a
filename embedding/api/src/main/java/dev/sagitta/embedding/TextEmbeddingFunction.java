package dev.sagitta.embedding;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FieldFunction;
import dev.sagitta.engine.function.FunctionContext;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions of type TextEmbedding: a model's vectors of texts. */
public final class TextEmbeddingFunction implements FieldFunction {
  private static final String CHECKED_TEXT = "check";

  private final TextEmbedders embedders;

  public TextEmbeddingFunction(TextEmbedders embedders) {
    this.embedders = requireNonNull(embedders, "embedders is null");
  }

  /**
   * Checks the parameters, and that the model gives vectors of the output field's dimension: a
   * service is called with one text.
   */
  @Override
  public void check(FunctionContext context, Deadline deadline) {
    TextEmbedder embedder = embedders.embedder(context);
    try {
      checkDimension(context, embedder);
      if (TextEmbedders.isRemote(context)) {
        float[] _ = embedder.embed(List.of(CHECKED_TEXT), EmbeddingMode.INSERT, deadline);
      }
    } catch (SagittaException e) {
      throw new SagittaException(
          e.errorCode(),
          "check function ["
              + context.function().name()
              + ":"
              + context.function().type().milvusName()
              + "] failed, the err is: "
              + e.getMessage(),
          e);
    }
  }

  private static void checkDimension(FunctionContext context, TextEmbedder embedder) {
    int dimension = context.output().dimension();
    if (embedder.dimension() != dimension) {
      throw SagittaException.invalidParameter(
          "the dim set in the schema is inconsistent with the dim of the model, dim in schema is "
              + dimension
              + ", dim of model is "
              + embedder.dimension());
    }
  }

  @Override
  public Column outputs(
      FunctionContext context, ColumnSource rows, int rowCount, Deadline deadline) {
    TextEmbedder embedder = embedders.embedder(context);
    FunctionSchema function = context.function();
    if (rowCount > embedder.maximumBatch()) {
      throw SagittaException.invalidParameter(
          "numRows ["
              + rowCount
              + "] > function ["
              + function.name()
              + "]'s max batch ["
              + embedder.maximumBatch()
              + "]");
    }
    StringColumn column = (StringColumn) rows.column(context.input().id());
    List<String> texts = new ArrayList<>(rowCount);
    for (int row = 0; row < rowCount; row++) {
      String text = column.isNull(row) ? "" : column.stringAt(row);
      if (text.isEmpty()) {
        throw SagittaException.invalidParameter(
            "there is an empty string in the input data, TextEmbedding function does not support"
                + " empty text: function="
                + function.name()
                + " field="
                + context.input().name()
                + " row="
                + row);
      }
      texts.add(text);
    }
    return vectors(context, embedder, texts, EmbeddingMode.INSERT, deadline);
  }

  @Override
  public VectorColumn queries(
      FunctionContext context,
      List<String> texts,
      Map<String, String> searchParameters,
      Deadline deadline) {
    TextEmbedder embedder = embedders.embedder(context);
    FunctionSchema function = context.function();
    if (texts.size() > embedder.maximumBatch()) {
      throw SagittaException.invalidParameter(
          "nq ["
              + texts.size()
              + "] > function ["
              + function.name()
              + "]'s max batch ["
              + embedder.maximumBatch()
              + "]");
    }
    if (texts.stream().anyMatch(String::isEmpty)) {
      throw SagittaException.invalidParameter(
          "there is an empty string in the queries, TextEmbedding function does not support empty"
              + " text: function="
              + function.name());
    }
    return vectors(context, embedder, texts, EmbeddingMode.SEARCH, deadline);
  }

  private static VectorColumn vectors(
      FunctionContext context,
      TextEmbedder embedder,
      List<String> texts,
      EmbeddingMode mode,
      Deadline deadline) {
    float[] vectors = embed(context, embedder, texts, mode, deadline);
    ColumnBuilder column = ColumnBuilder.forField(context.output(), texts.size());
    for (int row = 0; row < texts.size(); row++) {
      column.appendVector(vectors, row * embedder.dimension());
    }
    return (VectorColumn) column.build();
  }

  private static float[] embed(
      FunctionContext context,
      TextEmbedder embedder,
      List<String> texts,
      EmbeddingMode mode,
      Deadline deadline) {
    try {
      checkDimension(context, embedder);
      return embedder.embed(texts, mode, deadline);
    } catch (SagittaException e) {
      ErrorCode code = e.errorCode();
      throw new SagittaException(
          code, "function [" + context.function().name() + "] failed: " + e.getMessage(), e);
    }
  }
}
