package dev.sagitta.engine.index;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The repository's word vectors (100 numbers, unit length), scaled to numbers around 1. */
final class RealVectors {
  private static final Path FOLDER = Path.of("..", "it", "src", "test", "resources");
  private static final float SCALE = 10;

  private RealVectors() {}

  static float[][] rows(int count) throws IOException {
    return read("words-20000.fvecs.gz", count);
  }

  static float[][] queries(int count) throws IOException {
    return read("word-queries-500.fvecs.gz", count);
  }

  private static float[][] read(String name, int count) throws IOException {
    List<float[]> vectors = new ArrayList<>();
    try (InputStream file = Files.newInputStream(FOLDER.resolve(name));
        InputStream in = new BufferedInputStream(new GZIPInputStream(file, 1 << 16), 1 << 16)) {
      while (vectors.size() < count) {
        float[] vector = new float[littleEndian(in, Integer.BYTES).getInt()];
        littleEndian(in, Float.BYTES * vector.length).asFloatBuffer().get(vector);
        for (int i = 0; i < vector.length; i++) {
          vector[i] *= SCALE;
        }
        vectors.add(vector);
      }
    }
    return vectors.toArray(float[][]::new);
  }

  private static ByteBuffer littleEndian(InputStream in, int bytes) throws IOException {
    return ByteBuffer.wrap(in.readNBytes(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
