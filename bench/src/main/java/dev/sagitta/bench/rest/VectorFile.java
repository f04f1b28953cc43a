package dev.sagitta.bench.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads .fvecs and .ivecs: per row an int32 count, then that many float32 or int32. */
public final class VectorFile {
  private VectorFile() {}

  public static float[][] floats(Path file) throws IOException {
    ByteBuffer bytes = map(file);
    int dimension = bytes.getInt(0);
    int rows = bytes.capacity() / (4 + 4 * dimension);
    float[][] vectors = new float[rows][dimension];
    for (int row = 0; row < rows; row++) {
      bytes.position(row * (4 + 4 * dimension) + 4);
      bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vectors[row]);
    }
    return vectors;
  }

  public static int[][] integers(Path file) throws IOException {
    ByteBuffer bytes = map(file);
    int count = bytes.getInt(0);
    int rows = bytes.capacity() / (4 + 4 * count);
    int[][] values = new int[rows][count];
    for (int row = 0; row < rows; row++) {
      bytes.position(row * (4 + 4 * count) + 4);
      bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values[row]);
    }
    return values;
  }

  private static ByteBuffer map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
