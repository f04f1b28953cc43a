package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.code.CodeEncoder;
import dev.sagitta.engine.index.code.VectorCode;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Rows as codes of their vectors or of what is left of them without their centroids. */
final class CodeEncoding implements RowEncoding {
  private final IvfInput input;
  private final VectorCode code;
  private final CodeForm form;

  CodeEncoding(IvfInput input, VectorCode code, CodeForm form) {
    this.input = requireNonNull(input, "input is null");
    this.code = requireNonNull(code, "code is null");
    this.form = requireNonNull(form, "form is null");
  }

  @Override
  public int rowBytes() {
    return code.codeBytes();
  }

  @Override
  public boolean hasConstants() {
    return form.hasConstants(input.metric());
  }

  @Override
  public Optional<MemorySegment> model() {
    return Optional.of(code.toBytes());
  }

  @Override
  public RowEncoder newEncoder() {
    return new Encoder();
  }

  private final class Encoder implements RowEncoder {
    private final CodeEncoder encoder = code.newEncoder();
    private final float[] vector = new float[code.dimension()];
    private final float[] centroid = new float[code.dimension()];

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
      if (form != CodeForm.WHOLE) {
        input.centroids().copyCentroid(list, centroid, 0);
      }
      for (int i = from; i < to; i++) {
        long place = offset + (long) (i - from) * rowBytes();
        if (rows[i] < 0) {
          target.asSlice(place, rowBytes()).fill((byte) 0);
          continue;
        }
        input.space().read(input.vectors(), rows[i], vector, 0);
        for (int j = 0; j < vector.length; j++) {
          vector[j] -= centroid[j];
        }
        encoder.encode(vector, 0, target, place);
        if (hasConstants()) {
          encoder.decode(target, place, vector, 0);
          constants[constantOffset + i - from] = constant();
        }
      }
    }

    private float constant() {
      double sum = 0;
      for (int i = 0; i < vector.length; i++) {
        sum += vector[i] * (vector[i] + 2.0 * centroid[i]);
      }
      return (float) sum;
    }
  }
}
