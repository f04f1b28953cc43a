package dev.sagitta.engine.index.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestOfferedWalk {
  private static final int M = 16;
  private static final int SHIFT = 10;
  private static final int DIMENSION = 4;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Arena arena = Arena.ofShared();

  @BeforeEach
  void setUp() {
    System.out.println("seed=" + seed);
  }

  @AfterEach
  void tearDown() {
    arena.close();
  }

  /** Between the query and the offered nodes lie thousands of others. */
  @Test
  void testOfferedNodesFarFromTheQuery() {
    float[][] points = uniform(8_000);
    LinkGraph graph = graph(points);
    OfferedNodes offered = offered(points, row -> points[row][0] > 0.75f);
    int found = 0;
    for (int i = 0; i < 50; i++) {
      float[] query = uniform(1)[0];
      query[0] *= 0.1f;
      found += found(graph, points, query, offered, 20, offered.cardinality());
    }
    assertThat(found).isGreaterThanOrEqualTo(450);
  }

  /** No link leads from island to island, neither within two steps nor through other nodes. */
  @Test
  void testOfferedNodesOnIslands() {
    float[][] points = uniform(3_000);
    for (int row = 0; row < points.length; row++) {
      points[row][1] += 100 * (row % 10);
    }
    LinkGraph graph = graph(points);
    OfferedNodes offered = offered(points, row -> row % 10 == 3 || row % 10 == 7);
    WalkScratch scratch = new WalkScratch(M);
    int ef = offered.cardinality();
    assertThat(walk(graph, points, points[0], offered, ef, Double.MAX_VALUE, scratch)).isTrue();
    assertThat(scratch.pool().size()).isEqualTo(600);
  }

  @Test
  void testSpentBudgetIsTold() {
    float[][] points = uniform(3_000);
    LinkGraph graph = graph(points);
    OfferedNodes offered = offered(points, row -> row % 3 == 0);
    assertThat(walk(graph, points, points[0], offered, 500, 300, new WalkScratch(M))).isFalse();
  }

  /** Nodes that were left out of the graph have no vector to compare. */
  @Test
  void testSkippedNodesAreNotSampled() {
    float[][] points = uniform(2_000);
    IntStream.range(0, points.length).filter(row -> row % 4 == 0).forEach(r -> points[r] = null);
    LinkGraph graph = graph(points);
    OfferedNodes offered = offered(points, row -> row % 2 == 0);
    float[] query = {0.5f, 0.5f, 0.5f, 0.5f};
    WalkScratch scratch = new WalkScratch(M);
    assertThat(walk(graph, points, query, offered, 1_000, Double.MAX_VALUE, scratch)).isTrue();
    assertThat(scratch.pool().size()).isEqualTo(500);
  }

  private float[][] uniform(int count) {
    float[][] points = new float[count][DIMENSION];
    for (float[] point : points) {
      for (int i = 0; i < DIMENSION; i++) {
        point[i] = random.nextFloat();
      }
    }
    return points;
  }

  private LinkGraph graph(float[][] points) {
    GrowingUpperLists upperLists = new GrowingUpperLists(arena, M, SHIFT);
    LinkGraph graph = LinkGraph.growing(arena, M, SHIFT, upperLists);
    GraphInserter inserter =
        new GraphInserter(graph, () -> new Distances(points), new GraphLocks(), 60);
    for (int node = 0; node < points.length; node++) {
      if (points[node] == null) {
        graph.skip(node);
      } else {
        int level = NodeOrder.levelOf(node, M);
        graph.ensureCapacity(node + 1);
        upperLists.add(node, level);
        inserter.insert(node, level);
      }
    }
    return graph;
  }

  private static OfferedNodes offered(float[][] points, IntPredicate wanted) {
    RowBitmap rows = new RowBitmap(points.length);
    IntStream.range(0, points.length).filter(wanted).forEach(rows::add);
    ScoreRange range = ScoreRange.of(IndexSearchParameters.DEFAULT, MetricType.L2);
    return new OfferedNodes(
        NodeRows.IDENTITY, MetricType.L2, points.length, points.length, Optional.of(rows), range);
  }

  private static boolean walk(
      LinkGraph graph,
      float[][] points,
      float[] query,
      OfferedNodes offered,
      int ef,
      double budget,
      WalkScratch scratch) {
    Distances distances = new Distances(points);
    distances.base = query;
    return GraphWalk.nearestOffered(graph, distances, scratch, ef, offered, budget);
  }

  /** How many of the ten nearest offered nodes a walk finds within the budget. */
  private static int found(
      LinkGraph graph,
      float[][] points,
      float[] query,
      OfferedNodes offered,
      int ef,
      double budget) {
    WalkScratch scratch = new WalkScratch(M);
    assertThat(walk(graph, points, query, offered, ef, budget, scratch)).isTrue();
    int[] nearest =
        IntStream.range(0, points.length)
            .filter(offered::containsNode)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> squaredL2(points[row], query)))
            .limit(10)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] pool = IntStream.range(0, 10).map(scratch.pool()::nodeAt).toArray();
    return (int)
        IntStream.of(nearest).filter(row -> IntStream.of(pool).anyMatch(n -> n == row)).count();
  }

  private static float squaredL2(float[] left, float[] right) {
    float sum = 0;
    for (int i = 0; i < DIMENSION; i++) {
      sum += (left[i] - right[i]) * (left[i] - right[i]);
    }
    return sum;
  }

  private static final class Distances implements PairDistances {
    private final float[][] points;
    private float[] base;

    Distances(float[][] points) {
      this.points = points;
    }

    @Override
    public void setBase(int node) {
      base = points[node];
    }

    @Override
    public void compute(int[] nodes, int count, float[] target) {
      for (int i = 0; i < count; i++) {
        target[i] = squaredL2(points[nodes[i]], base);
      }
    }
  }
}
