package dev.sagitta.bench.ann;

import dev.sagitta.bench.rest.VectorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Our HNSW against hnswlib in C++: same vectors (cosine), same parameters, one thread each, rounds
 * taken in turns so that whatever else the machine does hurts both. Seconds are processor time of
 * the one thread. Prints queries per second with recall@10, and the ratios. The first round of both
 * is for warming up.
 */
public final class AnnBenchmark {
  private static final int[] EFS = {32, 64, 96, 128, 192, 256, 400};
  private static final int WARM_UP_ROUNDS = 1;
  private static final int ROUNDS = 3;
  private static final double[] RECALLS = {0.90, 0.95, 0.99};

  private AnnBenchmark() {}

  /**
   * @param arguments folder with base.fvecs, query.fvecs and neighbors.ivecs; optionally M and
   *     efConstruction (16 and 200 if not given); the driver's source is found from the property
   *     {@code sagitta.bench.home}, by default the folder {@code bench}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 1 && arguments.length != 3) {
      throw new IllegalArgumentException("usage: AnnBenchmark FOLDER [M EF_CONSTRUCTION]");
    }
    Path folder = Path.of(arguments[0]);
    int m = arguments.length == 3 ? Integer.parseInt(arguments[1]) : 16;
    int efConstruction = arguments.length == 3 ? Integer.parseInt(arguments[2]) : 200;
    Path source =
        Path.of(System.getProperty("sagitta.bench.home", "bench"))
            .resolve("src/main/cpp/hnswlib_driver.cpp");
    float[][] queries = VectorFile.floats(folder.resolve("query.fvecs"));
    Path directory = Files.createTempDirectory("sagitta-bench");
    try (Peer ours =
            new SagittaPeer(
                VectorFile.floats(folder.resolve("base.fvecs")),
                queries,
                VectorFile.integers(folder.resolve("neighbors.ivecs")),
                directory,
                m,
                efConstruction);
        Peer theirs = new HnswlibPeer(source, directory, folder, m, efConstruction)) {
      System.out.printf("%s: M=%d efConstruction=%d, one thread%n", folder, m, efConstruction);
      compare(ours, theirs, queries.length);
    } finally {
      delete(directory);
    }
  }

  private static void compare(Peer ours, Peer theirs, int queries) throws IOException {
    Curve ourCurve = new Curve(queries);
    Curve theirCurve = new Curve(queries);
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (int ef : EFS) {
        Peer.Round our = ours.search(ef);
        Peer.Round their = theirs.search(ef);
        if (round >= WARM_UP_ROUNDS) {
          ourCurve.add(ef, our);
          theirCurve.add(ef, their);
        }
      }
    }
    System.out.printf("%-14s %20s %20s %8s%n", "", ours.name(), theirs.name(), "ratio");
    System.out.printf(
        "%-14s %18.1f s %18.1f s %8.2f%n",
        "build",
        ours.buildSeconds(),
        theirs.buildSeconds(),
        theirs.buildSeconds() / ours.buildSeconds());
    for (int ef : EFS) {
      System.out.printf(
          "%-14s %11.0f (%.4f) %11.0f (%.4f) %8.2f%n",
          "ef " + ef,
          ourCurve.queriesPerSecond(ef),
          ourCurve.recall(ef),
          theirCurve.queriesPerSecond(ef),
          theirCurve.recall(ef),
          ourCurve.queriesPerSecond(ef) / theirCurve.queriesPerSecond(ef));
    }
    for (double recall : RECALLS) {
      OptionalDouble our = ourCurve.queriesPerSecondAt(recall);
      OptionalDouble their = theirCurve.queriesPerSecondAt(recall);
      if (our.isPresent() && their.isPresent()) {
        System.out.printf(
            "%-14s %20.0f %20.0f %8.2f%n",
            "QPS at " + recall,
            our.getAsDouble(),
            their.getAsDouble(),
            our.getAsDouble() / their.getAsDouble());
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
