package dev.sagitta.it;

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

/**
 * Real word vectors, unit length: the 20,000 of the repository, or all 100,000 with their published
 * neighbours when the environment variable SAGITTA_TEST_DATA names the folder that has them.
 *
 * @param base vectors to insert
 * @param queries vectors to look for
 * @param neighbors for each query the nearest base rows by cosine, nearest first
 */
record WordVectors(float[][] base, float[][] queries, int[][] neighbors) {
  static final int NEIGHBORS = 10;

  static WordVectors load() throws IOException {
    String folder = System.getenv("SAGITTA_TEST_DATA");
    if (folder != null && !folder.isBlank()) {
      Path words = Path.of(folder, "words");
      float[][] queries = readVectors(Files.newInputStream(words.resolve("query.fvecs")), 1_000);
      return new WordVectors(
          readVectors(Files.newInputStream(words.resolve("base.fvecs")), Integer.MAX_VALUE),
          queries,
          readNeighbors(Files.newInputStream(words.resolve("neighbors.ivecs")), queries.length));
    }
    return slice(Integer.MAX_VALUE);
  }

  /** The repository's words, at most {@code rows} of them. */
  static WordVectors slice(int rows) throws IOException {
    float[][] base = readVectors(resource("words-20000.fvecs.gz"), rows);
    float[][] queries = readVectors(resource("word-queries-500.fvecs.gz"), Integer.MAX_VALUE);
    int[][] neighbors = new int[queries.length][];
    for (int i = 0; i < queries.length; i++) {
      neighbors[i] = exactNeighbors(base, queries[i]);
    }
    return new WordVectors(base, queries, neighbors);
  }

  private static InputStream resource(String name) throws IOException {
    InputStream resource = WordVectors.class.getResourceAsStream("/" + name);
    if (resource == null) {
      throw new IOException("resource is missing: " + name);
    }
    return new GZIPInputStream(resource, 1 << 16);
  }

  private static float[][] readVectors(InputStream source, int limit) throws IOException {
    List<float[]> vectors = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(source, 1 << 20)) {
      byte[] header = new byte[4];
      while (vectors.size() < limit && in.readNBytes(header, 0, 4) == 4) {
        int dimension = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
        ByteBuffer row =
            ByteBuffer.wrap(in.readNBytes(4 * dimension)).order(ByteOrder.LITTLE_ENDIAN);
        float[] vector = new float[dimension];
        row.asFloatBuffer().get(vector);
        vectors.add(vector);
      }
    }
    return vectors.toArray(float[][]::new);
  }

  private static int[][] readNeighbors(InputStream source, int queries) throws IOException {
    int[][] neighbors = new int[queries][NEIGHBORS];
    try (InputStream in = new BufferedInputStream(source, 1 << 20)) {
      for (int[] row : neighbors) {
        int count = ByteBuffer.wrap(in.readNBytes(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
        ByteBuffer rows = ByteBuffer.wrap(in.readNBytes(4 * count)).order(ByteOrder.LITTLE_ENDIAN);
        rows.asIntBuffer().get(row);
      }
    }
    return neighbors;
  }

  private static int[] exactNeighbors(float[][] base, float[] query) {
    int[] rows = new int[NEIGHBORS];
    double[] scores = new double[NEIGHBORS];
    int size = 0;
    for (int row = 0; row < base.length; row++) {
      double score = cosine(base[row], query);
      if (size == NEIGHBORS && score <= scores[size - 1]) {
        continue;
      }
      int position = size < NEIGHBORS ? size++ : size - 1;
      while (position > 0 && scores[position - 1] < score) {
        scores[position] = scores[position - 1];
        rows[position] = rows[position - 1];
        position--;
      }
      scores[position] = score;
      rows[position] = row;
    }
    return rows;
  }

  static double cosine(float[] left, float[] right) {
    double dot = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    for (int i = 0; i < left.length; i++) {
      dot += (double) left[i] * right[i];
      leftSquares += (double) left[i] * left[i];
      rightSquares += (double) right[i] * right[i];
    }
    return dot / Math.sqrt(leftSquares * rightSquares);
  }
}
