package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.SearchTarget;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.JsonRange;
import java.io.IOException;

/** The vectors of a search: an array of vectors in the form of the field's type, into a column. */
public final class VectorsParser {
  private VectorsParser() {}

  /**
   * Parses query vectors, or the texts that a function makes the vectors of.
   *
   * @param maximumCount most vectors of a search (nq)
   * @throws dev.sagitta.engine.error.SagittaException 1801 naming the field when they do not match
   *     it, 1802 for none, 1100 for too many
   */
  public static SearchTarget parse(
      CollectionSchema schema, FieldSchema field, JsonRange data, int maximumCount) {
    if (schema.functionOf(field).isPresent() && TextsParser.holdsTexts(data)) {
      return new SearchTarget.Texts(TextsParser.parse(data, maximumCount));
    }
    if (schema.isBm25Output(field)) {
      throw SagittaException.invalidParameter(
          "please provide varchar/text for BM25 Function based search: key=data field="
              + field.name());
    }
    try (JsonParser parser = data.parser()) {
      return parse(field, parser, maximumCount);
    } catch (IOException e) {
      throw JsonErrors.malformed(e);
    }
  }

  private static SearchTarget.Vectors parse(FieldSchema field, JsonParser parser, int maximumCount)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw mismatch(field, 0, "data must be an array of vectors", parser.getText());
    }
    QueryCollector vectors = QueryCollector.of(field);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int index = vectors.count();
      if (index == maximumCount) {
        throw tooMany(maximumCount);
      }
      try {
        vectors.add(parser);
      } catch (WrongVectorException e) {
        throw error(field, index, e);
      }
    }
    if (vectors.count() == 0) {
      throw JsonErrors.missing("data");
    }
    return new SearchTarget.Vectors(vectors.build());
  }

  static SagittaException tooMany(int maximumCount) {
    return SagittaException.invalidParameter(
        "nq (number of search vector per search request) should be in range [1, "
            + maximumCount
            + "], but got more: key=data");
  }

  private static SagittaException error(FieldSchema field, int index, WrongVectorException wrong) {
    String why =
        switch (wrong.fault()) {
          case SHAPE -> "a vector must be " + wrong.expected();
          case ELEMENT -> "an element is no " + wrong.expected();
          case LENGTH ->
              "dimension: "
                  + field.dimension()
                  + ", but "
                  + wrong.actual()
                  + " instead of "
                  + wrong.expected();
        };
    return mismatch(field, index, why, wrong.actual());
  }

  private static SagittaException mismatch(
      FieldSchema field, int index, String why, String actual) {
    return JsonErrors.malformed(
        why
            + ": field="
            + field.name()
            + " query="
            + index
            + ": invalid parameter[expected="
            + field.type().milvusName()
            + "][actual="
            + JsonErrors.shorten(actual)
            + "]");
  }
}
