package dev.sagitta.query.read;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Merges the best rows of the segments, query by query, keeping the best hit of each key. */
final class HitMerger {
  private static final int MOST_EXPECTED = 1024;

  private final List<SegmentView> views;
  private final Column[] keyColumns;
  private final boolean largerIsNearer;
  private final int topK;
  private final boolean stringKeys;
  private final int[] hitCounts;

  private int size;
  private float[] scores = new float[64];
  private int[] viewOfHit = new int[64];
  private int[] rows = new int[64];

  HitMerger(
      List<SegmentView> views,
      boolean largerIsNearer,
      int queryCount,
      int topK,
      boolean stringKeys) {
    this.views = views;
    this.keyColumns = new Column[views.size()];
    this.largerIsNearer = largerIsNearer;
    this.topK = topK;
    this.stringKeys = stringKeys;
    this.hitCounts = new int[queryCount];
  }

  /**
   * Adds the hits of the next query.
   *
   * @param found best rows of each view, sorted; null for views without any
   */
  void add(int query, TopRows[] found) {
    int[] positions = new int[found.length];
    Set<Object> keys = HashSet.newHashSet(Math.min(topK, MOST_EXPECTED));
    int count = 0;
    while (count < topK) {
      int best = best(found, positions);
      if (best < 0) {
        break;
      }
      int row = found[best].rowAt(positions[best]);
      float score = found[best].scoreAt(positions[best]);
      positions[best]++;
      if (keys.add(keyOf(best, row))) {
        append(best, row, score);
        count++;
      }
    }
    hitCounts[query] = count;
  }

  int size() {
    return size;
  }

  int viewOf(int hit) {
    return viewOfHit[hit];
  }

  int rowOf(int hit) {
    return rows[hit];
  }

  /** The hits of all queries, without fields. */
  NodeSearchResult result() {
    long[] segmentIds = new long[size];
    for (int hit = 0; hit < size; hit++) {
      segmentIds[hit] = views.get(viewOfHit[hit]).segmentId();
    }
    return new NodeSearchResult(
        hitCounts,
        Arrays.copyOf(scores, size),
        keys(),
        segmentIds,
        Arrays.copyOf(rows, size),
        Optional.empty());
  }

  private PrimaryKeys keys() {
    if (stringKeys) {
      String[] values = new String[size];
      for (int hit = 0; hit < size; hit++) {
        values[hit] = (String) keyOf(viewOfHit[hit], rows[hit]);
      }
      return new PrimaryKeys.StringKeys(values);
    }
    long[] values = new long[size];
    for (int hit = 0; hit < size; hit++) {
      values[hit] = (Long) keyOf(viewOfHit[hit], rows[hit]);
    }
    return new PrimaryKeys.LongKeys(values);
  }

  private int best(TopRows[] found, int[] positions) {
    int best = -1;
    for (int i = 0; i < found.length; i++) {
      if (found[i] == null || positions[i] == found[i].size()) {
        continue;
      }
      if (best < 0
          || isBetter(found[i].scoreAt(positions[i]), found[best].scoreAt(positions[best]))) {
        best = i;
      }
    }
    return best;
  }

  private boolean isBetter(float left, float right) {
    return largerIsNearer ? left > right : left < right;
  }

  private Object keyOf(int view, int row) {
    Column keys = keyColumns[view];
    if (keys == null) {
      keys = views.get(view).primaryKeys();
      keyColumns[view] = keys;
    }
    return keys instanceof StringColumn strings
        ? strings.stringAt(row)
        : (Object) ((LongColumn) keys).longAt(row);
  }

  private void append(int view, int row, float score) {
    if (size == rows.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      viewOfHit = Arrays.copyOf(viewOfHit, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
    }
    scores[size] = score;
    viewOfHit[size] = view;
    rows[size] = row;
    size++;
  }
}
