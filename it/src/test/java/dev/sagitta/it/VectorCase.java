package dev.sagitta.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A type of vectors, an index and the rows of a collection, with the scores in plain Java. Vectors
 * are held as numbers that the type stores exactly; a binary one as zeros and ones.
 *
 * @param buildParameters JSON of the index's parameters
 * @param searchParameters JSON of the searches' parameters
 * @param recallFloor share of the nearest rows that must be found
 * @param scoreError by how much a score may differ, relative to one plus the score of the farthest
 *     that is wanted
 */
record VectorCase(
    String dataType,
    String indexType,
    String metric,
    String buildText,
    String searchText,
    double recallFloor,
    double scoreError,
    float[][] rows) {
  static final int DIMENSION = 32;
  private static final int CLUSTERS = 30;
  private static final double EXACT = 1e-4;

  static List<VectorCase> all(Random random, int count) {
    List<VectorCase> cases = new ArrayList<>();
    for (String type : List.of("FloatVector", "Float16Vector", "BFloat16Vector", "Int8Vector")) {
      float[][] rows = rows(random, count, type);
      for (String metric : List.of("L2", "IP", "COSINE")) {
        cases.add(exact(type, "FLAT", metric, rows));
        cases.add(new VectorCase(type, "HNSW", metric, "{}", "{\"ef\":64}", 0.9, EXACT, rows));
      }
      cases.add(new VectorCase(type, "AUTOINDEX", "COSINE", "{}", "{}", 0.8, EXACT, rows));
      cases.add(ivf(type, "IVF_FLAT", "{\"nlist\":16}", 0.9, EXACT, rows));
      cases.add(ivf(type, "IVF_SQ8", "{\"nlist\":16}", 0.7, 0.2, rows));
      cases.add(ivf(type, "IVF_PQ", "{\"nlist\":16,\"m\":16}", 0.4, 1, rows));
    }
    float[][] bits = rows(random, count, "BinaryVector");
    for (String metric : List.of("HAMMING", "JACCARD")) {
      cases.add(exact("BinaryVector", "BIN_FLAT", metric, bits));
      cases.add(
          new VectorCase(
              "BinaryVector",
              "BIN_IVF_FLAT",
              metric,
              "{\"nlist\":16}",
              "{\"nprobe\":8}",
              0.8,
              EXACT,
              bits));
    }
    cases.add(new VectorCase("BinaryVector", "AUTOINDEX", "HAMMING", "{}", "{}", 0, EXACT, bits));
    float[][] sparse = rows(random, count, "SparseFloatVector");
    for (String index : List.of("SPARSE_INVERTED_INDEX", "SPARSE_WAND", "AUTOINDEX")) {
      cases.add(exact("SparseFloatVector", index, "IP", sparse));
    }
    return cases;
  }

  private static VectorCase exact(String type, String index, String metric, float[][] rows) {
    return new VectorCase(type, index, metric, "{}", "{}", 1, EXACT, rows);
  }

  private static VectorCase ivf(
      String type, String index, String build, double recall, double error, float[][] rows) {
    return new VectorCase(type, index, "L2", build, "{\"nprobe\":8}", recall, error, rows);
  }

  private static float[][] rows(Random random, int count, String type) {
    float[][] centres = new float[CLUSTERS][DIMENSION];
    float[][] rows = new float[count][DIMENSION];
    for (float[] centre : centres) {
      for (int i = 0; i < DIMENSION; i++) {
        centre[i] = (float) random.nextGaussian();
      }
    }
    for (float[] row : rows) {
      float[] centre = centres[random.nextInt(CLUSTERS)];
      for (int i = 0; i < DIMENSION; i++) {
        row[i] = stored(type, centre[i] + 0.5f * (float) random.nextGaussian());
      }
    }
    return rows;
  }

  private static float stored(String type, float value) {
    return switch (type) {
      case "Float16Vector" -> Float.float16ToFloat(Float.floatToFloat16(value));
      case "BFloat16Vector" -> Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
      case "Int8Vector" -> Math.clamp(Math.round(30 * value), -128, 127);
      case "BinaryVector" -> value > 0 ? 1 : 0;
      case "SparseFloatVector" -> value > 1 ? value : 0;
      default -> value;
    };
  }

  String name() {
    return dataType + "_" + indexType + "_" + metric;
  }

  boolean sparse() {
    return dataType.equals("SparseFloatVector");
  }

  boolean largerIsNearer() {
    return metric.equals("IP") || metric.equals("COSINE");
  }

  boolean isAsNear(double score, double worst) {
    double rounding = 1e-5 * (1 + Math.abs(worst));
    return largerIsNearer() ? score >= worst - rounding : score <= worst + rounding;
  }

  JsonNode buildParameters() {
    return parse(buildText);
  }

  JsonNode searchParameters() {
    return parse(searchText);
  }

  private static JsonNode parse(String text) {
    try {
      return RestClient.JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double score(int query, int row) {
    float[] left = rows[query];
    float[] right = rows[row];
    double distance = 0;
    double product = 0;
    double leftNorm = 0;
    double rightNorm = 0;
    for (int i = 0; i < DIMENSION; i++) {
      distance += ((double) left[i] - right[i]) * (left[i] - right[i]);
      product += (double) left[i] * right[i];
      leftNorm += (double) left[i] * left[i];
      rightNorm += (double) right[i] * right[i];
    }
    return switch (metric) {
      case "IP" -> product;
      case "COSINE" -> product / Math.sqrt(leftNorm * rightNorm);
      case "JACCARD" -> 1 - product / (leftNorm + rightNorm - product);
      default -> distance;
    };
  }

  /** The row as clients send it: numbers where the type allows them. */
  JsonNode json(int row) {
    if (dataType.equals("BinaryVector") || sparse()) {
      return shown(row);
    }
    return numbers(row);
  }

  /** The row as answers show it. */
  JsonNode shown(int row) {
    return switch (dataType) {
      case "Float16Vector", "BFloat16Vector" -> base64(halves(row));
      case "BinaryVector" -> base64(bits(row));
      case "SparseFloatVector" -> entries(row);
      default -> numbers(row);
    };
  }

  private JsonNode numbers(int row) {
    StringBuilder text = new StringBuilder("[");
    for (float number : rows[row]) {
      text.append(text.length() > 1 ? "," : "");
      if (dataType.equals("Int8Vector")) {
        text.append((int) number);
      } else {
        text.append(number);
      }
    }
    return parse(text.append(']').toString());
  }

  private JsonNode entries(int row) {
    TreeMap<Integer, Float> entries = new TreeMap<>();
    for (int i = 0; i < DIMENSION; i++) {
      if (rows[row][i] != 0) {
        entries.put(i, rows[row][i]);
      }
    }
    StringBuilder text = new StringBuilder("{");
    entries.forEach(
        (index, value) ->
            text.append(text.length() > 1 ? "," : "")
                .append('"')
                .append(index)
                .append("\":")
                .append(value));
    ObjectNode object = (ObjectNode) parse(text.append('}').toString());
    return object;
  }

  private byte[] halves(int row) {
    byte[] bytes = new byte[2 * DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      int half =
          dataType.equals("Float16Vector")
              ? Float.floatToFloat16(rows[row][i])
              : Float.floatToRawIntBits(rows[row][i]) >>> 16;
      bytes[2 * i] = (byte) half;
      bytes[2 * i + 1] = (byte) (half >>> 8);
    }
    return bytes;
  }

  private byte[] bits(int row) {
    byte[] bytes = new byte[DIMENSION / 8];
    for (int i = 0; i < DIMENSION; i++) {
      if (rows[row][i] != 0) {
        bytes[i / 8] |= (byte) (0x80 >>> (i % 8));
      }
    }
    return bytes;
  }

  private static JsonNode base64(byte[] bytes) {
    return RestClient.JSON.getNodeFactory().textNode(Base64.getEncoder().encodeToString(bytes));
  }
}
