package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Rows as {@link ScannCodebooks} lays them out; all pieces begin and end with whole blocks. */
final class ScannEncoding implements RowEncoding {
  private final IvfInput input;
  private final ScannCodebooks codebooks;
  private final float extraWeight;

  ScannEncoding(IvfInput input, ScannCodebooks codebooks, float extraWeight) {
    this.input = requireNonNull(input, "input is null");
    this.codebooks = requireNonNull(codebooks, "codebooks is null");
    this.extraWeight = extraWeight;
  }

  @Override
  public int rowBytes() {
    return ScannCodebooks.rowBytes(codebooks.dimension());
  }

  @Override
  public boolean hasConstants() {
    return CodeForm.PRODUCT_OF_RESIDUAL.hasConstants(input.metric());
  }

  @Override
  public Optional<MemorySegment> model() {
    return Optional.of(codebooks.toBytes());
  }

  @Override
  public RowEncoder newEncoder() {
    return new Encoder();
  }

  private final class Encoder implements RowEncoder {
    private final ScannQuantizer quantizer = new ScannQuantizer(codebooks, extraWeight);
    private final float[] vector = new float[codebooks.dimension()];
    private final float[] centroid = new float[codebooks.dimension()];
    private final float[] residual = new float[codebooks.dimension()];
    private final byte[] codes = new byte[codebooks.parts()];

    @Override
    public void encode(
        int list,
        int[] rows,
        int from,
        int to,
        MemorySegment target,
        long offset,
        float[] constants,
        int constantOffset) {
      if (from % ScannCodebooks.BLOCK != 0 || to % ScannCodebooks.BLOCK != 0) {
        throw new IllegalArgumentException("blocks are cut: from=" + from + " to=" + to);
      }
      input.centroids().copyCentroid(list, centroid, 0);
      target.asSlice(offset, (long) (to - from) * rowBytes()).fill((byte) 0);
      for (int i = from; i < to; i++) {
        if (rows[i] >= 0) {
          input.space().read(input.vectors(), rows[i], vector, 0);
          for (int j = 0; j < vector.length; j++) {
            residual[j] = vector[j] - centroid[j];
          }
          quantizer.quantize(residual, vector, 0, codes);
          put(target, offset, i - from);
          if (hasConstants()) {
            constants[constantOffset + i - from] = constant();
          }
        }
      }
    }

    private void put(MemorySegment target, long offset, int row) {
      int block = row / ScannCodebooks.BLOCK;
      long start =
          offset + (long) block * ScannCodebooks.BLOCK * rowBytes() + row % ScannCodebooks.BLOCK;
      for (int part = 0; part < codes.length; part += 2) {
        int high = part + 1 < codes.length ? codes[part + 1] : 0;
        target.set(
            LittleEndian.BYTE,
            start + (long) (part / 2) * ScannCodebooks.BLOCK,
            (byte) (codes[part] | high << 4));
      }
    }

    private float constant() {
      double sum = 0;
      for (int i = 0; i < vector.length; i++) {
        int part = i / ScannCodebooks.PART;
        int at =
            part * ScannCodebooks.BOOK
                + codes[part] * ScannCodebooks.PART
                + i % ScannCodebooks.PART;
        double value = codebooks.values()[at];
        sum += value * (value + 2.0 * centroid[i]);
      }
      return (float) sum;
    }
  }
}
