package dev.sagitta.query.read;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.query.hit.HitLists;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows found in a scope's segments, and what the merged ones of them are in an answer. */
final class SegmentHits {
  private final List<SegmentView> views;
  private final TopRows[][] found;
  private final Column[] keys;
  private final GroupValues[] groups;
  private int query;

  /**
   * @param found rows by query and view, sorted; null for views without any
   */
  SegmentHits(List<SegmentView> views, Optional<Grouping> grouping, TopRows[][] found) {
    this.views = views;
    this.found = found;
    this.keys = new Column[views.size()];
    this.groups = new GroupValues[grouping.isPresent() ? views.size() : 0];
    for (int view = 0; view < keys.length; view++) {
      keys[view] = views.get(view).primaryKeys();
      if (grouping.isPresent()) {
        groups[view] = GroupValues.of(views.get(view), grouping.get());
      }
    }
  }

  /** The lists of a query; valid until the next call. */
  HitLists ofQuery(int number) {
    query = number;
    return new Lists();
  }

  /** The hits without fields, and the rows they are in their views. */
  NodeSearchResult result(MergedHits hits, int[] rows, boolean stringKeys) {
    long[] segmentIds = new long[hits.size()];
    float[] scores = new float[hits.size()];
    List<Optional<Object>> groupOfHit = new ArrayList<>();
    int hit = 0;
    for (int number = 0; number < hits.hitCounts().length; number++) {
      for (int end = hit + hits.hitCounts()[number]; hit < end; hit++) {
        int view = hits.sources()[hit];
        TopRows list = found[number][view];
        rows[hit] = list.rowAt(hits.positions()[hit]);
        scores[hit] = list.scoreAt(hits.positions()[hit]);
        segmentIds[hit] = views.get(view).segmentId();
        if (groups.length > 0) {
          groupOfHit.add(groups[view].at(rows[hit]));
        }
      }
    }
    return new NodeSearchResult(
        hits.hitCounts(),
        scores,
        keysOf(hits, rows, stringKeys),
        segmentIds,
        rows,
        Optional.empty(),
        groups.length > 0 ? Optional.of(groupOfHit) : Optional.empty());
  }

  private PrimaryKeys keysOf(MergedHits hits, int[] rows, boolean stringKeys) {
    if (stringKeys) {
      String[] values = new String[rows.length];
      for (int hit = 0; hit < rows.length; hit++) {
        values[hit] = ((StringColumn) keys[hits.sources()[hit]]).stringAt(rows[hit]);
      }
      return new PrimaryKeys.StringKeys(values);
    }
    long[] values = new long[rows.length];
    for (int hit = 0; hit < rows.length; hit++) {
      values[hit] = ((LongColumn) keys[hits.sources()[hit]]).longAt(rows[hit]);
    }
    return new PrimaryKeys.LongKeys(values);
  }

  private final class Lists implements HitLists {
    @Override
    public int count() {
      return keys.length;
    }

    @Override
    public int from(int list) {
      return 0;
    }

    @Override
    public int to(int list) {
      TopRows rows = found[query][list];
      return rows == null ? 0 : rows.size();
    }

    @Override
    public float score(int list, int position) {
      return found[query][list].scoreAt(position);
    }

    @Override
    public Object key(int list, int position) {
      int row = found[query][list].rowAt(position);
      return keys[list] instanceof StringColumn strings
          ? strings.stringAt(row)
          : (Object) ((LongColumn) keys[list]).longAt(row);
    }

    @Override
    public Optional<Object> group(int list, int position) {
      return groups[list].at(found[query][list].rowAt(position));
    }
  }
}
