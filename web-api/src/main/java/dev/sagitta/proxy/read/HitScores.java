package dev.sagitta.proxy.read;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.List;
import java.util.OptionalInt;

/** Keys and scores of merged hits. */
final class HitScores {
  private HitScores() {}

  static PrimaryKeys keysOf(List<NodeSearchResult> results, MergedHits hits) {
    if (results.getFirst().keys() instanceof PrimaryKeys.LongKeys) {
      long[] keys = new long[hits.size()];
      for (int hit = 0; hit < keys.length; hit++) {
        PrimaryKeys source = results.get(hits.sources()[hit]).keys();
        keys[hit] = ((PrimaryKeys.LongKeys) source).values()[hits.positions()[hit]];
      }
      return new PrimaryKeys.LongKeys(keys);
    }
    String[] keys = new String[hits.size()];
    for (int hit = 0; hit < keys.length; hit++) {
      PrimaryKeys source = results.get(hits.sources()[hit]).keys();
      keys[hit] = ((PrimaryKeys.StringKeys) source).values()[hits.positions()[hit]];
    }
    return new PrimaryKeys.StringKeys(keys);
  }

  static float[] scoresOf(List<NodeSearchResult> results, MergedHits hits) {
    float[] scores = new float[hits.size()];
    for (int hit = 0; hit < scores.length; hit++) {
      scores[hit] = results.get(hits.sources()[hit]).scores()[hits.positions()[hit]];
    }
    return scores;
  }

  /** Rounds in place; nothing happens without a number of decimals. */
  static float[] rounded(float[] scores, OptionalInt decimals) {
    if (decimals.isPresent()) {
      double factor = Math.pow(10, decimals.getAsInt());
      for (int hit = 0; hit < scores.length; hit++) {
        scores[hit] = (float) (Math.floor(scores[hit] * factor + 0.5) / factor);
      }
    }
    return scores;
  }
}
