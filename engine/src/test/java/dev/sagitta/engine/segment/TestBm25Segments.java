package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.index.sparse.Bm25Parameters;
import dev.sagitta.engine.index.sparse.GrowingSparseIndex;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.text.TermIds;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts become term frequencies, segments count them, and scores with the statistics of two
 * segments are those of BM25 over the rows of both: by scan, growing index and index file.
 */
final class TestBm25Segments {
  private static final Map<String, String> CONSTANTS = Map.of("bm25_k1", "1.5", "bm25_b", "0.6");
  private static final IndexSearchParameters PARAMETERS =
      new IndexSearchParameters(CONSTANTS, OptionalDouble.empty(), OptionalDouble.empty());

  @TempDir Path directory;
  @TempDir Path otherDirectory;

  @Test
  void scoresAreThoseOfAllRows() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    RandomTexts first = new RandomTexts(random, directory);
    RandomTexts second = new RandomTexts(random, otherDirectory);
    for (int chunk = 0; chunk < 3; chunk++) {
      first.append(1 + random.nextInt(120));
    }
    second.append(1 + random.nextInt(200));
    check(random, first, second, first.growing);
    GrowingSparseIndex index =
        new GrowingSparseIndex(MetricType.BM25, Bm25Parameters.of(CONSTANTS));
    first.growing.attachIndex(RandomTexts.TERMS, MetricType.BM25, index);
    first.growing.indexNext(RandomTexts.TERMS, first.texts.size() / 2);
    check(random, first, second, first.growing);
    try (SealedSegment sealed = first.sealed()) {
      check(random, first, second, sealed);
      attach(sealed);
      check(random, first, second, sealed);
    }
    first.growing.close();
    second.growing.close();
  }

  private void attach(SealedSegment sealed) throws IOException {
    VectorIndexTypes.Resolved resolved =
        VectorIndexTypes.resolve(
            "SPARSE_INVERTED_INDEX", DataType.SPARSE_FLOAT_VECTOR, MetricType.BM25, 0, CONSTANTS);
    Path file = directory.resolve("terms");
    try (SegmentView view = sealed.acquire()) {
      resolved
          .type()
          .build(
              (VectorColumn) view.column(RandomTexts.TERMS),
              MetricType.BM25,
              resolved.parameters(),
              new IndexFileIdentity(1, 2, RandomTexts.TERMS, 7),
              BuildProgress.NONE,
              file);
    }
    sealed.attachIndex(
        RandomTexts.TERMS, MetricType.BM25, resolved.type(), file, 7, IndexMemory.mapped());
  }

  private static void check(
      Random random, RandomTexts first, RandomTexts second, Segment searched) {
    try (SegmentView view = searched.acquire();
        SegmentView other = second.growing.acquire()) {
      for (int i = 0; i < 30; i++) {
        String query = first.words(5) + (random.nextInt(4) == 0 ? " nowhere" : "");
        checkQuery(query, first.texts, second.texts, view, other);
      }
    }
  }

  private static void checkQuery(
      String query, List<String> texts, List<String> others, SegmentView view, SegmentView other) {
    CollectionSchema schema = RandomTexts.schema();
    SparseVectorColumn queries =
        (SparseVectorColumn)
            FieldFunctions.ofEngine()
                .queries(
                    schema,
                    schema.field(RandomTexts.TERMS).orElseThrow(),
                    List.of(query),
                    Map.of(),
                    Deadline.after(Duration.ofSeconds(10)));
    int[] terms = QueryVector.ofRows(queries).getFirst().sparse().indices();
    Bm25Statistics own = view.bm25Statistics(RandomTexts.TERMS, terms);
    Bm25Statistics all = own.plus(other.bm25Statistics(RandomTexts.TERMS, terms));
    checkStatistics(own, texts, query);

    TopRows found = new TopRows(Math.max(1, view.rowCount()), true);
    view.vectorSearch(
        RandomTexts.TERMS,
        MetricType.BM25,
        QueryVector.ofRows(queries, all),
        PARAMETERS,
        Optional.empty(),
        List.of(found));
    double[] scores = new double[texts.size()];
    for (int i = 0; i < found.size(); i++) {
      scores[found.rowAt(i)] = found.scoreAt(i);
    }
    for (int row = 0; row < scores.length; row++) {
      assertThat(scores[row])
          .as(query + " on " + texts.get(row))
          .isEqualTo(score(query, texts.get(row), texts, others), within(1e-5));
    }
  }

  private static void checkStatistics(Bm25Statistics own, List<String> texts, String query) {
    assertThat(own.documentCount()).isEqualTo(texts.size());
    assertThat(own.totalLength())
        .isEqualTo(texts.stream().mapToInt(text -> tokens(text).size()).sum());
    for (String word : tokens(query)) {
      int position = indexOf(own.indices(), TermIds.of(word));
      assertThat(own.documentFrequencies()[position])
          .isEqualTo(texts.stream().filter(text -> tokens(text).contains(word)).count());
    }
  }

  private static int indexOf(int[] values, int value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    throw new AssertionError("term is not in the query: " + value);
  }

  private static List<String> tokens(String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(" "))
            .filter(word -> !word.isEmpty() && !word.equals("stop"))
            .toList();
  }

  private static double score(String query, String text, List<String> texts, List<String> others) {
    List<List<String>> all =
        Stream.concat(texts.stream(), others.stream()).map(TestBm25Segments::tokens).toList();
    double averageLength = all.stream().mapToInt(List::size).average().orElseThrow();
    List<String> tokens = tokens(text);
    double score = 0;
    for (String word : tokens(query)) {
      long frequency = tokens.stream().filter(word::equals).count();
      if (frequency > 0) {
        long holders = all.stream().filter(document -> document.contains(word)).count();
        double rarity = Math.log(1 + (all.size() - holders + 0.5) / (holders + 0.5));
        double held = 1.5 * (1 - 0.6 + 0.6 * tokens.size() / averageLength);
        score += rarity * frequency * 2.5 / (frequency + held);
      }
    }
    return score;
  }
}
