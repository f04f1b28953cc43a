package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.data.DataSets;
import dev.sagitta.bench.data.GroundTruth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Our vector indexes against other libraries: see {@link AnnOptions#USAGE}. */
public final class AnnBenchmark {
  /** Builds are long, and vary little. */
  private static final int BUILDS_MAX = 3;

  private final AnnOptions options;
  private final Path home;
  private final Launcher launcher;

  private AnnBenchmark(AnnOptions options, Path home, Path work) throws IOException {
    this.options = options;
    this.home = home;
    Path programs = Files.createDirectories(home.resolve("target/programs"));
    this.launcher =
        new Launcher(
            options.hugePages(), new Drivers(home.resolve("src/main/cpp"), programs), work);
  }

  /**
   * Runs what the arguments ask for. The folder of this module is found from the property {@code
   * sagitta.bench.home}, by default {@code bench}.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    AnnOptions options;
    try {
      options = AnnOptions.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(AnnOptions.USAGE);
      System.exit(2);
      return;
    }
    Path home = Path.of(System.getProperty("sagitta.bench.home", "bench"));
    Path work = Files.createDirectories(home.resolve("target/work"));
    Path folder = Files.createTempDirectory(work, "ann");
    boolean succeeded = false;
    try {
      new AnnBenchmark(options, home, folder).run();
      succeeded = true;
    } catch (IOException failure) {
      System.err.println("sagitta bench ann: " + failure.getMessage());
    }
    if (!succeeded) {
      System.exit(1);
    }
    delete(folder);
  }

  private void run() throws IOException, InterruptedException {
    System.out.println(Machine.describe(options.hugePages()));
    System.out.println();
    DataSets dataSets =
        new DataSets(
            Files.createDirectories(home.resolve("target/data")),
            options.rowsMax(),
            options.queriesMax());
    List<DataSet> opened = new ArrayList<>();
    for (String name : options.data()) {
      opened.add(dataSets.open(name));
    }
    Path raw = options.raw().orElse(home.resolve("target/ann.csv"));
    try (RawPoints points = new RawPoints(raw)) {
      for (DataSet data : opened) {
        run(data, points);
      }
    }
    System.out.println(Machine.load());
  }

  private void run(DataSet data, RawPoints points) throws IOException, InterruptedException {
    GroundTruth truth = GroundTruth.of(data);
    if (options.parts().contains(AnnOptions.Part.SCAN)) {
      System.out.print(new ScanBenchmark(data, launcher).run(definition(data, OurSides.EXACT)));
    }
    if (options.parts().contains(AnnOptions.Part.BUILD)) {
      int builds = Math.min(BUILDS_MAX, options.repetitions());
      System.out.print(
          new BuildBenchmark(data, truth, builds)
              .run(definition(data, PeerSides.REFERENCE), definition(data, "HNSW")));
    }
    if (options.parts().contains(AnnOptions.Part.FILTER)) {
      filter(data, truth);
    }
    if (options.parts().contains(AnnOptions.Part.PARETO)) {
      pareto(data, truth, points);
    }
  }

  private void filter(DataSet data, GroundTruth truth) throws IOException, InterruptedException {
    FilterBenchmark benchmark = new FilterBenchmark(data, options.repetitions());
    List<SideDefinition> ours = new ArrayList<>(new OurSides(launcher, data).all());
    List<String> chosen = options.sides().isEmpty() ? List.of("HNSW") : options.sides();
    ours.removeIf(side -> !chosen.contains(side.name()));
    for (SideDefinition definition : ours) {
      try (RunningSide side = RunningSide.start(definition, data, true)) {
        System.out.print(benchmark.run(side, truth));
      }
    }
  }

  private void pareto(DataSet data, GroundTruth truth, RawPoints points) throws IOException {
    List<RunningSide> sides = new Builds(data, options.lanes()).run(chosenDefinitions(data));
    try {
      List<Trial> trials =
          sides.stream().map(side -> new Trial(side, truth, Optional.empty())).toList();
      new ParetoBenchmark(data, options.repetitions()).run(trials);
      System.out.print(new ParetoTable(data, trials).text());
      System.out.print(new Summary(data, trials).text());
      points.add(data, trials);
      if (options.check()) {
        check(data, trials);
      }
      if (options.pictures().isPresent()) {
        Path picture = options.pictures().get().resolve("pareto-" + data.name() + ".svg");
        Files.writeString(picture, picture(data, trials), StandardCharsets.UTF_8);
      }
    } finally {
      for (RunningSide side : sides) {
        side.close();
      }
    }
  }

  private List<SideDefinition> definitions(DataSet data) {
    List<SideDefinition> definitions = new ArrayList<>(new PeerSides(launcher, data).all());
    definitions.addAll(1, new OurSides(launcher, data).all());
    return definitions;
  }

  private SideDefinition definition(DataSet data, String name) {
    return definitions(data).stream()
        .filter(definition -> definition.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<SideDefinition> chosenDefinitions(DataSet data) {
    List<SideDefinition> definitions = definitions(data);
    if (!options.sides().isEmpty()) {
      List<String> known = definitions.stream().map(SideDefinition::name).toList();
      for (String side : options.sides()) {
        if (!known.contains(side)) {
          System.err.println("no such side: " + side + " (there are " + known + ")");
        }
      }
      definitions.removeIf(definition -> !options.sides().contains(definition.name()));
    }
    return definitions;
  }

  private static void check(DataSet data, List<Trial> trials) throws IOException {
    AnswerCheck check = new AnswerCheck(data);
    for (Trial trial : trials) {
      List<String> problems = check.problems(trial);
      System.out.println(
          "check "
              + trial.side().name()
              + ": "
              + (problems.isEmpty() ? "answers are fine" : problems));
    }
    System.out.println();
  }

  private static String picture(DataSet data, List<Trial> trials) {
    String title =
        String.format(
            Locale.ROOT,
            "%s: %,d x %d, %s",
            data.name(),
            data.rows(),
            data.dimension(),
            data.metric());
    return new ParetoPicture(
            title,
            trials.stream()
                .filter(trial -> !trial.measurements().isEmpty() && !isExact(trial))
                .map(
                    trial ->
                        new ParetoPicture.Line(
                            trial.side().name(),
                            trial.side().definition().ours(),
                            trial.medianCurve(Clock.CPU).points()))
                .toList())
        .svg();
  }

  /** The exact scan is so slow that it would press all others together. */
  private static boolean isExact(Trial trial) {
    return trial.side().name().equals(OurSides.EXACT);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
