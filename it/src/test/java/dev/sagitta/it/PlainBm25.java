package dev.sagitta.it;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** BM25 as the textbook has it, over documents in memory: what the server's scores must equal. */
final class PlainBm25 {
  private final double k1;
  private final double b;
  private final Map<Long, List<String>> documents = new HashMap<>();
  private final Map<String, Integer> documentFrequencies = new HashMap<>();
  private long documentCount;
  private long totalLength;

  PlainBm25(double k1, double b) {
    this.k1 = k1;
    this.b = b;
  }

  /** Adds a document; an older one of the key is not found any more but still counts. */
  void add(long key, List<String> tokens) {
    documents.put(key, tokens);
    for (String token : new HashSet<>(tokens)) {
      documentFrequencies.merge(token, 1, Integer::sum);
    }
    documentCount++;
    totalLength += tokens.size();
  }

  /** Removes a document from the ones to be found; it still counts. */
  void hide(long key) {
    documents.remove(key);
  }

  List<String> tokens(long key) {
    return documents.get(key);
  }

  /** The score of each document that shares a token with the query. */
  Map<Long, Double> scores(List<String> query) {
    Map<Long, Double> scores = new HashMap<>();
    double averageLength = (double) totalLength / documentCount;
    documents.forEach(
        (key, tokens) -> {
          double score = 0;
          for (String token : query) {
            long frequency = tokens.stream().filter(token::equals).count();
            if (frequency > 0) {
              int holders = documentFrequencies.get(token);
              double rarity = Math.log(1 + (documentCount - holders + 0.5) / (holders + 0.5));
              double held = k1 * (1 - b + b * tokens.size() / averageLength);
              score += rarity * frequency * (k1 + 1) / (frequency + held);
            }
          }
          if (score > 0) {
            scores.put(key, score);
          }
        });
    return scores;
  }
}
