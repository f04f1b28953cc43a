package dev.sagitta.engine.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Query vectors are read where they are, and can be sent to another node all the same. */
final class TestFloatVectors {
  private static final int DIMENSION = 3;

  @Test
  void testReadsTheArrayInPlace() {
    float[] values = {1, 2, 3, -4, 0.5f, Float.MIN_VALUE, 7, 8};
    DenseVectorColumn column = FloatVectors.column(values, DIMENSION, 2);
    assertThat(column.rowCount()).isEqualTo(2);
    assertThat(ColumnType.of(column))
        .isEqualTo(new ColumnType(DataType.FLOAT_VECTOR, Optional.empty(), DIMENSION));
    float[] row = new float[DIMENSION];
    column.copyVector(1, row, 0);
    assertThat(row).containsExactly(-4, 0.5f, Float.MIN_VALUE);
    assertThat(FloatVectors.of(column)).isSameAs(values);

    List<QueryVector> queries = QueryVector.ofRows(column);
    assertThat(queries).hasSize(2);
    assertThat(queries.get(1).dense().values()).isSameAs(values);
    assertThat(queries.get(1).dense().offset()).isEqualTo(DIMENSION);
  }

  @Test
  void testArrivesAsItWasSent() {
    DenseVectorColumn sent =
        FloatVectors.column(new float[] {1, 2, 3, -4, 0.5f, -0f, 9, 9, 9}, DIMENSION, 2);
    ColumnBatch received =
        BatchCodec.decode(BatchCodec.encode(new ColumnBatch(2, Map.of(0L, sent))));
    DenseVectorColumn column = (DenseVectorColumn) received.column(0);
    assertThat(FloatVectors.of(column)).containsExactly(1, 2, 3, -4, 0.5f, -0f);
    Column selected = ColumnBatches.select(sent, new int[] {1});
    assertThat(FloatVectors.of((DenseVectorColumn) selected)).containsExactly(-4, 0.5f, -0f);
  }

  @Test
  void testCopiesWhatHasAnotherForm() {
    ColumnType type = new ColumnType(DataType.FLOAT16_VECTOR, Optional.empty(), DIMENSION);
    ColumnBuilder builder = ColumnBuilder.forType(type, 1);
    builder.appendVector(new float[] {9, 1, 2, 0.5f}, 1);
    DenseVectorColumn column = (DenseVectorColumn) builder.build();
    assertThat(FloatVectors.of(column)).containsExactly(1, 2, 0.5f);
    assertThat(FloatVectors.of(FloatVectors.column(new float[0], DIMENSION, 0))).isEmpty();
  }

  @Test
  void testBitsAreReadInPlace() {
    ColumnType type = new ColumnType(DataType.BINARY_VECTOR, Optional.empty(), 16);
    ColumnBuilder builder = ColumnBuilder.forType(type, 2);
    builder.appendVectorBytes(new byte[] {1, 2}, 0);
    builder.appendVectorBytes(new byte[] {0, 3, 4}, 1);
    List<QueryVector> queries = QueryVector.ofRows((VectorColumn) builder.build());
    QueryVector.Binary second = queries.get(1).binary();
    assertThat(second.bits()).isSameAs(queries.getFirst().binary().bits());
    assertThat(second.bits()[second.offset()]).isEqualTo((byte) 3);
    assertThat(second.bits()[second.offset() + 1]).isEqualTo((byte) 4);
  }
}
