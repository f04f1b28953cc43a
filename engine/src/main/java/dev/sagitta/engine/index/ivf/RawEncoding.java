package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PackedVectorColumn;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Rows as the column has them, of any type, with or without one over their norms. */
final class RawEncoding implements RowEncoding {
  private final PackedVectorColumn vectors;
  private final boolean hasNorms;

  RawEncoding(PackedVectorColumn vectors, boolean hasNorms) {
    this.vectors = vectors;
    this.hasNorms = hasNorms;
  }

  @Override
  public int rowBytes() {
    return vectors.vectorBytes();
  }

  @Override
  public boolean hasConstants() {
    return hasNorms;
  }

  @Override
  public Optional<MemorySegment> model() {
    return Optional.empty();
  }

  @Override
  public RowEncoder newEncoder() {
    float[] vector = new float[hasNorms ? vectors.dimension() : 0];
    return (list, rows, from, to, target, offset, constants, constantOffset) -> {
      for (int i = from; i < to; i++) {
        int row = rows[i];
        long place = offset + (long) (i - from) * rowBytes();
        if (row < 0) {
          target.asSlice(place, rowBytes()).fill((byte) 0);
          continue;
        }
        MemorySegment.copy(
            vectors.blockOf(row), vectors.offsetInBlock(row), target, place, rowBytes());
        if (hasNorms) {
          constants[constantOffset + i - from] = inverseNorm(row, vector);
        }
      }
    };
  }

  private float inverseNorm(int row, float[] vector) {
    ((DenseVectorColumn) vectors).copyVector(row, vector, 0);
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
  }
}
