package dev.sagitta.bench.peers;

import dev.sagitta.bench.side.AnswerRows;
import dev.sagitta.bench.side.Side;
import dev.sagitta.bench.side.SideData;
import dev.sagitta.bench.side.SideServer;
import dev.sagitta.engine.schema.MetricType;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.quantization.PQVectors;
import io.github.jbellis.jvector.quantization.ProductQuantization;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/**
 * JVector with the graph in memory, one thread. Build: M as hnswlib means it (the lowest level has
 * twice as many links), efConstruction, and codes: "none", or the number of subspaces of a product
 * quantizer that searches walk by, ranking their candidates again by the vectors. Search: ef.
 */
public final class JVectorSide implements Side {
  private static final float NEIGHBOUR_OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;
  private static final int CENTROIDS = 256;

  private RandomAccessVectorValues base;
  private List<VectorFloat<?>> queries;
  private VectorSimilarityFunction similarity;
  private PQVectors codes;
  private GraphSearcher searcher;
  private int ef;

  public static void main(String[] arguments) throws Exception {
    SideServer.serve(new JVectorSide());
  }

  @Override
  public void load(SideData data) {
    base = new ListRandomAccessVectorValues(vectors(data.base()), data.dimension());
    queries = vectors(data.queries());
    similarity =
        data.metric() == MetricType.L2
            ? VectorSimilarityFunction.EUCLIDEAN
            : VectorSimilarityFunction.DOT_PRODUCT;
  }

  @Override
  public long build(Map<String, String> parameters) throws IOException {
    int m = Integer.parseInt(parameters.get("M"));
    int beamWidth = Integer.parseInt(parameters.get("efConstruction"));
    ImmutableGraphIndex graph;
    try (ForkJoinPool pool = new ForkJoinPool(1);
        GraphIndexBuilder builder =
            GraphIndexBuilder.builder(
                    BuildScoreProvider.randomAccessScoreProvider(base, similarity),
                    base.dimension(),
                    List.of(2 * m, m))
                .withBeamWidth(beamWidth)
                .withNeighborOverflow(NEIGHBOUR_OVERFLOW)
                .withAlpha(ALPHA)
                .withSimdExecutor(pool)
                .withParallelExecutor(pool)
                .build()) {
      graph = builder.build(base);
      if (!parameters.get("codes").equals("none")) {
        int subspaces = Integer.parseInt(parameters.get("codes"));
        boolean centre = similarity == VectorSimilarityFunction.EUCLIDEAN;
        ProductQuantization quantization =
            ProductQuantization.compute(base, subspaces, CENTROIDS, centre, -1f, pool, pool);
        codes = quantization.encodeAll(base, pool);
      }
    }
    searcher = new GraphSearcher(graph);
    long codeBytes = codes == null ? 0 : codes.ramBytesUsed();
    return graph.ramBytesUsed() + codeBytes + 4L * base.dimension() * base.size();
  }

  @Override
  public void use(Map<String, String> parameters) {
    ef = Integer.parseInt(parameters.get("ef"));
  }

  @Override
  public void search(int query, AnswerRows answer) {
    VectorFloat<?> vector = queries.get(query);
    SearchScoreProvider scores =
        codes == null
            ? DefaultSearchScoreProvider.exact(vector, similarity, base)
            : new DefaultSearchScoreProvider(
                codes.precomputedScoreFunctionFor(vector, similarity),
                base.rerankerFor(vector, similarity));
    SearchResult found = searcher.search(scores, answer.wanted(), ef, 0f, 0f, Bits.ALL);
    for (SearchResult.NodeScore node : found.getNodes()) {
      answer.add(node.node);
    }
  }

  @Override
  public void close() throws IOException {
    if (searcher != null) {
      searcher.close();
    }
  }

  private static List<VectorFloat<?>> vectors(float[][] rows) {
    VectorTypeSupport support = VectorizationProvider.getInstance().getVectorTypeSupport();
    List<VectorFloat<?>> vectors = new ArrayList<>(rows.length);
    for (float[] row : rows) {
      vectors.add(support.createFloatVector(row));
    }
    return vectors;
  }
}
