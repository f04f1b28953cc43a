package dev.sagitta.bench.side.sagitta;

import dev.sagitta.bench.data.GroundTruth;
import dev.sagitta.bench.side.AnswerRows;
import dev.sagitta.bench.side.Side;
import dev.sagitta.bench.side.SideData;
import dev.sagitta.bench.side.SideServer;
import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.HugePages;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Any of our own index families, used as a server uses it: built to a file with parameters of the
 * REST API, then searched in huge pages, or in the file's memory map. Building takes parameters of
 * its own: {@code type}, the family's name, {@code threads}, and {@code vectors}, whether searches
 * need the raw vectors in memory.
 */
public final class SagittaSide implements Side {
  private final Arena arena = Arena.ofShared();
  private final Path file;
  private QueryVector[] queries;
  private MetricType metric;
  private BenchVectors vectors;
  private VectorIndexTypes.Resolved resolved;
  private VectorIndex index;
  private IndexSearchParameters parameters;
  private Optional<RowBitmap> allowed = Optional.empty();

  private SagittaSide(Path file) {
    this.file = file;
  }

  /**
   * Serves the protocol.
   *
   * @param arguments a folder for the index file
   */
  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempFile(Path.of(arguments[0]), "sagitta", ".index");
    try {
      SideServer.serve(new SagittaSide(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void load(SideData data) {
    metric = data.metric();
    vectors = new BenchVectors(data.base(), arena);
    queries = new QueryVector[data.queries().length];
    for (int query = 0; query < queries.length; query++) {
      queries[query] = QueryVector.of(data.queries()[query]);
    }
  }

  @Override
  public long build(Map<String, String> given) throws IOException {
    Map<String, String> buildParameters = new HashMap<>(given);
    String type = buildParameters.remove("type");
    int threads = Integer.parseInt(buildParameters.remove("threads"));
    boolean readsVectors = Boolean.parseBoolean(buildParameters.remove("vectors"));
    resolved =
        VectorIndexTypes.resolve(
            type, DataType.FLOAT_VECTOR, metric, vectors.dimension(), buildParameters);
    IndexFileIdentity identity = new IndexFileIdentity(1, 1, 1, 1);
    resolved
        .type()
        .build(vectors, metric, resolved.parameters(), identity, new Threads(threads), file);
    MemorySegment memory = BlockFile.map(file, arena);
    if (!resolved.type().readsFromDisk()) {
      memory = HugePages.copyOf(file, arena, () -> {}).orElse(memory);
    }
    index = resolved.type().open(memory, vectors, identity);
    return bytes(readsVectors);
  }

  /** An index larger than the vectors holds them; a smaller one may read them where they are. */
  private long bytes(boolean readsVectors) {
    long raw = vectors.sizeInBytes();
    boolean beside = readsVectors && index.sizeInBytes() < raw;
    return beside ? index.sizeInBytes() + raw : index.sizeInBytes();
  }

  @Override
  public void filter(Optional<BitSet> rows) {
    allowed =
        rows.map(
            set -> {
              RowBitmap bitmap = new RowBitmap(vectors.rowCount());
              set.stream().forEach(bitmap::add);
              return bitmap;
            });
  }

  @Override
  public void use(Map<String, String> values) {
    parameters = new IndexSearchParameters(values, OptionalDouble.empty(), OptionalDouble.empty());
    resolved.type().validateSearchParameters(parameters, GroundTruth.TOP_K);
  }

  @Override
  public void search(int query, AnswerRows answer) {
    TopRows results = new TopRows(answer.wanted(), metric != MetricType.L2);
    index.search(queries[query], parameters, allowed, results);
    results.sortBestFirst();
    for (int place = 0; place < results.size(); place++) {
      answer.add(results.rowAt(place));
    }
  }

  @Override
  public void close() {
    if (index != null) {
      index.close();
    }
    arena.close();
  }

  private record Threads(int parallelism) implements BuildProgress {
    @Override
    public void rowsIndexed(int rows) {}

    @Override
    public boolean cancelled() {
      return false;
    }
  }
}
