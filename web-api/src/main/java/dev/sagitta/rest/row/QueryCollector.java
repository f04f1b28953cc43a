package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.FloatVectors;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.util.Arrays;

/** Collects the query vectors of a search. */
sealed interface QueryCollector {
  static QueryCollector of(FieldSchema field) {
    return field.type() == DataType.FLOAT_VECTOR ? new Floats(field) : new Others(field);
  }

  /** Number of vectors so far. */
  int count();

  /** Adds the vector at the parser's current token, leaving the parser at its last token. */
  void add(JsonParser parser) throws IOException, WrongVectorException;

  /** The vectors; ends the use. */
  VectorColumn build();

  /** Float vectors: read into the very array that is compared with. */
  final class Floats implements QueryCollector {
    private final DenseVectorFormat format;
    private final int dimension;
    private float[] values;
    private int count;

    private Floats(FieldSchema field) {
      this.format = new DenseVectorFormat(field);
      this.dimension = field.dimension();
      this.values = new float[dimension];
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void add(JsonParser parser) throws IOException, WrongVectorException {
      int offset = Math.multiplyExact(count, dimension);
      if (offset == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(2, values.length));
      }
      format.read(parser, values, offset);
      count++;
    }

    @Override
    public VectorColumn build() {
      return FloatVectors.column(values, dimension, count);
    }
  }

  /** Vectors of the other types: their bytes, as in rows. */
  final class Others implements QueryCollector {
    private static final int EXPECTED_VECTORS = 4;

    private final VectorFormat format;
    private final ColumnBuilder vectors;

    private Others(FieldSchema field) {
      this.format = VectorFormat.of(field);
      this.vectors = ColumnBuilder.forField(field, EXPECTED_VECTORS);
    }

    @Override
    public int count() {
      return vectors.rowCount();
    }

    @Override
    public void add(JsonParser parser) throws IOException, WrongVectorException {
      format.append(parser, vectors);
    }

    @Override
    public VectorColumn build() {
      return (VectorColumn) vectors.build();
    }
  }
}
