package dev.sagitta.query.request;

import dev.sagitta.engine.column.PrimaryKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Puts answers of single queries together. */
public final class NodeSearchResults {
  private NodeSearchResults() {}

  /**
   * One answer for the queries of all parts.
   *
   * @param parts at least one, with groups and without fields
   */
  public static NodeSearchResult concat(List<NodeSearchResult> parts) {
    int hits = parts.stream().mapToInt(part -> part.scores().length).sum();
    float[] scores = new float[hits];
    List<Optional<Object>> groups = new ArrayList<>(hits);
    int next = 0;
    for (NodeSearchResult part : parts) {
      System.arraycopy(part.scores(), 0, scores, next, part.scores().length);
      next += part.scores().length;
      groups.addAll(part.groups().orElseThrow());
    }
    return new NodeSearchResult(
        parts.stream().flatMapToInt(part -> Arrays.stream(part.hitCounts())).toArray(),
        scores,
        concatKeys(parts.stream().map(NodeSearchResult::keys).toList()),
        parts.stream().flatMapToLong(part -> Arrays.stream(part.segmentIds())).toArray(),
        parts.stream().flatMapToInt(part -> Arrays.stream(part.rows())).toArray(),
        Optional.empty(),
        Optional.of(groups));
  }

  private static PrimaryKeys concatKeys(List<PrimaryKeys> parts) {
    if (parts.getFirst() instanceof PrimaryKeys.LongKeys) {
      return new PrimaryKeys.LongKeys(
          parts.stream()
              .flatMapToLong(part -> Arrays.stream(((PrimaryKeys.LongKeys) part).values()))
              .toArray());
    }
    return new PrimaryKeys.StringKeys(
        parts.stream()
            .flatMap(part -> Arrays.stream(((PrimaryKeys.StringKeys) part).values()))
            .toArray(String[]::new));
  }
}
