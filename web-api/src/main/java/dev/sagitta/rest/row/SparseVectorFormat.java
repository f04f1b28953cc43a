package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.util.Arrays;

/**
 * {@code {"indices":[..],"values":[..]}} or {@code {"index":value,..}}, in any order of the
 * indices; none may come twice. Values that are 0 are left out.
 */
final class SparseVectorFormat extends VectorFormat {
  /** Indices are below the largest unsigned int32, as in Milvus. */
  private static final long INDEX_MAXIMUM = 0xffff_fffeL;

  private static final String SHAPE = "an object of indices and values";
  private static final int FIRST_CAPACITY = 64;

  private long[] indices = new long[FIRST_CAPACITY];
  private float[] values = new float[FIRST_CAPACITY];
  private int indexCount;
  private int valueCount;

  SparseVectorFormat(FieldSchema field) {
    super(field);
  }

  @Override
  void append(JsonParser parser, ColumnBuilder target) throws IOException, WrongVectorException {
    if (!parser.isExpectedStartObjectToken()) {
      throw wrongShape(SHAPE, parser);
    }
    indexCount = 0;
    valueCount = 0;
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY && key.equals("indices")) {
        readIndices(parser);
      } else if (token == JsonToken.START_ARRAY && key.equals("values")) {
        readValues(parser);
      } else {
        addIndex(key);
        addValue(parser);
      }
    }
    if (indexCount != valueCount) {
      throw WrongVectorException.shape(
          "as many indices as values", indexCount + " indices and " + valueCount + " values");
    }
    appendSorted(target);
  }

  private void readIndices(JsonParser parser) throws IOException, WrongVectorException {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      addIndex(parser.getText());
    }
  }

  private void readValues(JsonParser parser) throws IOException, WrongVectorException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      addValue(parser);
    }
  }

  private void addIndex(String text) throws WrongVectorException {
    long index = -1;
    try {
      index = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrongIndex(text);
    }
    if (index < 0 || index > INDEX_MAXIMUM) {
      throw wrongIndex(text);
    }
    if (indexCount == indices.length) {
      indices = Arrays.copyOf(indices, 2 * indexCount);
    }
    indices[indexCount++] = index;
  }

  private void addValue(JsonParser parser) throws IOException, WrongVectorException {
    boolean number = parser.currentToken().isNumeric();
    float value = number ? parser.getFloatValue() : Float.NaN;
    if (!Float.isFinite(value)) {
      throw WrongVectorException.element("finite number", parser.getText());
    }
    if (valueCount == values.length) {
      values = Arrays.copyOf(values, 2 * valueCount);
    }
    values[valueCount++] = value;
  }

  /** An index in the upper half of a long and its position in the lower sort by index. */
  private void appendSorted(ColumnBuilder target) throws WrongVectorException {
    long[] order = new long[indexCount];
    for (int i = 0; i < indexCount; i++) {
      order[i] = indices[i] << Integer.SIZE ^ Long.MIN_VALUE | i;
    }
    Arrays.sort(order);
    int[] sortedIndices = new int[indexCount];
    float[] sortedValues = new float[indexCount];
    int count = 0;
    long last = -1;
    for (long entry : order) {
      int position = (int) entry;
      if (indices[position] == last) {
        throw WrongVectorException.element("index given once", Long.toString(last));
      }
      last = indices[position];
      if (values[position] != 0) {
        sortedIndices[count] = (int) last;
        sortedValues[count++] = values[position];
      }
    }
    target.appendSparseVector(sortedIndices, sortedValues, count);
  }

  private static WrongVectorException wrongIndex(String text) {
    return WrongVectorException.element("index in range [0, " + INDEX_MAXIMUM + "]", text);
  }
}
