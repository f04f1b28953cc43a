package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.SearchTarget;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.JsonRange;
import java.io.IOException;
import java.util.Arrays;

/** The vectors of a search: an array of arrays of numbers, into one array of floats. */
public final class VectorsParser {
  private static final int FIRST_CAPACITY = 4;

  private VectorsParser() {}

  /**
   * Parses query vectors.
   *
   * @param maximumCount most vectors of a search (nq)
   * @throws dev.sagitta.engine.error.SagittaException 1801 naming the field when they do not match
   *     it, 1802 for none, 1100 for too many
   */
  public static SearchTarget.Vectors parse(FieldSchema field, JsonRange data, int maximumCount) {
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
    int dimension = field.dimension();
    float[] values = new float[dimension];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == maximumCount) {
        throw SagittaException.invalidParameter(
            "nq (number of search vector per search request) should be in range [1, "
                + maximumCount
                + "], but got more: key=data");
      }
      if (!parser.isExpectedStartArrayToken()) {
        throw mismatch(field, count, "a vector must be an array of numbers", parser.getText());
      }
      if (values.length == count * dimension) {
        int capacity = Math.min(maximumCount, Math.max(FIRST_CAPACITY, count * 2));
        values = Arrays.copyOf(values, Math.multiplyExact(capacity, dimension));
      }
      readVector(field, parser, values, count);
      count++;
    }
    if (count == 0) {
      throw JsonErrors.missing("data");
    }
    return new SearchTarget.Vectors(Arrays.copyOf(values, count * dimension), count);
  }

  private static void readVector(FieldSchema field, JsonParser parser, float[] values, int index)
      throws IOException {
    int dimension = field.dimension();
    int length = FloatArrays.read(parser, values, index * dimension, dimension);
    if (length < 0) {
      throw mismatch(field, index, "an element is no finite number", parser.getText());
    }
    if (length != dimension) {
      throw mismatch(
          field,
          index,
          "dimension: " + dimension + ", but length of []float: " + length,
          "vector of dimension " + length);
    }
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
