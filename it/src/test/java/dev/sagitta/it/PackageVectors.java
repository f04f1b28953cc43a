package dev.sagitta.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Locale;

/** Vectors of small whole numbers, made of a package's words, so that scores are exact. */
final class PackageVectors {
  static final int DIMENSION = 8;

  private PackageVectors() {}

  /** Counts the words of a text by a hash. */
  static float[] of(String text) {
    float[] counts = new float[DIMENSION];
    for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
      counts[Math.floorMod(word.hashCode(), DIMENSION)]++;
    }
    return counts;
  }

  static float[] summary(JsonNode row) {
    return of(row.get("summary").asText());
  }

  static float[] description(JsonNode row) {
    String text = row.get("description").asText();
    return of(text.substring(0, Math.min(300, text.length())));
  }

  static float squaredDistance(float[] first, float[] second) {
    float sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += (first[i] - second[i]) * (first[i] - second[i]);
    }
    return sum;
  }

  static float product(float[] first, float[] second) {
    float sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += first[i] * second[i];
    }
    return sum;
  }

  static ArrayNode json(float[] vector) {
    ArrayNode array = RestClient.JSON.createArrayNode();
    for (float value : vector) {
      array.add(value);
    }
    return array;
  }
}
