package dev.sagitta.bench.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads images of the MNIST family: gzipped IDX, that is big-endian magic 0x803, count, rows and
 * columns as int32, then one byte a pixel. An image becomes a vector of its pixels, 0 to 255.
 */
final class IdxImages {
  private static final int MAGIC = 0x803;

  private IdxImages() {}

  static float[][] read(Path file) throws IOException {
    try (InputStream compressed = Files.newInputStream(file);
        DataInputStream input =
            new DataInputStream(new BufferedInputStream(new GZIPInputStream(compressed)))) {
      int magic = input.readInt();
      if (magic != MAGIC) {
        throw new IOException("not an IDX file of images: file=" + file + " magic=" + magic);
      }
      int count = input.readInt();
      int pixels = input.readInt() * input.readInt();
      float[][] images = new float[count][pixels];
      byte[] bytes = new byte[pixels];
      for (float[] image : images) {
        input.readFully(bytes);
        for (int pixel = 0; pixel < pixels; pixel++) {
          image[pixel] = Byte.toUnsignedInt(bytes[pixel]);
        }
      }
      return images;
    }
  }
}
