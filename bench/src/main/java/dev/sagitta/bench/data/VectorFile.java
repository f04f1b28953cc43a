package dev.sagitta.bench.data;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Reads and writes .fvecs and .ivecs: per row an int32 count, then that many float32 or int32. */
public final class VectorFile {
  private VectorFile() {}

  public static float[][] floats(Path file) throws IOException {
    return floats(file, Integer.MAX_VALUE);
  }

  /** The first rows of a file, at most {@code rowsMax}. */
  public static float[][] floats(Path file, int rowsMax) throws IOException {
    ByteBuffer bytes = map(file);
    int dimension = bytes.getInt(0);
    int rows = Math.min(rowsMax, rowsOf(bytes));
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
    int rows = rowsOf(bytes);
    int[][] values = new int[rows][count];
    for (int row = 0; row < rows; row++) {
      bytes.position(row * (4 + 4 * count) + 4);
      bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values[row]);
    }
    return values;
  }

  /** Number of values in each row. */
  public static int dimension(Path file) throws IOException {
    return map(file).getInt(0);
  }

  public static int rows(Path file) throws IOException {
    return rowsOf(map(file));
  }

  public static void write(Path file, float[][] rows) throws IOException {
    write(
        file,
        rows.length,
        rows[0].length,
        (row, buffer) -> {
          for (float value : rows[row]) {
            buffer.putFloat(value);
          }
        });
  }

  public static void write(Path file, int[][] rows) throws IOException {
    write(
        file,
        rows.length,
        rows[0].length,
        (row, buffer) -> {
          for (int value : rows[row]) {
            buffer.putInt(value);
          }
        });
  }

  private interface RowWriter {
    void write(int row, ByteBuffer buffer);
  }

  /** Writes beside the target and moves, so that an interrupted run leaves no partial file. */
  private static void write(Path file, int rows, int count, RowWriter writer) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * count).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream bytes = Files.newOutputStream(partial);
        DataOutputStream output = new DataOutputStream(new BufferedOutputStream(bytes, 1 << 20))) {
      for (int row = 0; row < rows; row++) {
        buffer.clear().putInt(count);
        writer.write(row, buffer);
        output.write(buffer.array());
      }
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int rowsOf(ByteBuffer bytes) {
    return bytes.capacity() / (4 + 4 * bytes.getInt(0));
  }

  private static ByteBuffer map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
