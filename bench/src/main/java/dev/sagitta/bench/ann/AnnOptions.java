package dev.sagitta.bench.ann;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What to run.
 *
 * @param data names or folders of data sets
 * @param sides names of sides; empty means all
 * @param parts which measurements
 * @param rowsMax rows used of each data set
 * @param queriesMax queries used of each data set
 * @param repetitions how often each point is measured
 * @param lanes builds at a time, of sides whose build time is of no interest
 * @param hugePages the setting of all sides
 * @param check whether to look at the answers themselves
 * @param pictures folder for pictures
 * @param raw file for all single measurements
 */
record AnnOptions(
    List<String> data,
    List<String> sides,
    Set<Part> parts,
    int rowsMax,
    int queriesMax,
    int repetitions,
    int lanes,
    HugePages hugePages,
    boolean check,
    Optional<Path> pictures,
    Optional<Path> raw) {
  static final String USAGE =
      """
      usage: sagitta bench ann [OPTION...] DATA...
        DATA is fashion-mnist (Debian's package dataset-fashion-mnist), or a folder with base.fvecs
        and query.fvecs, which are compared by cosine.
        --parts LIST         of pareto, build, scan, filter (default: pareto)
        --sides LIST         such as hnswlib,HNSW,HNSW_SQ8 (default: all)
        --quick              10,000 rows, 400 queries, one repetition
        --rows N             at most so many rows
        --queries N          at most so many queries, half for choosing (default 2000)
        --repetitions N      of every measured point (default 3)
        --lanes N            builds at a time, except those whose time counts (default 2)
        --huge-pages on|off  for all sides (default on)
        --check              also look at the answers themselves
        --pictures FOLDER    write pareto-DATA.svg there
        --raw FILE           write every measurement as CSV""";

  /** A measurement. */
  enum Part {
    PARETO,
    BUILD,
    SCAN,
    FILTER
  }

  AnnOptions {
    data = List.copyOf(data);
    sides = List.copyOf(sides);
    parts = Set.copyOf(parts);
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the argument that is wrong
   */
  static AnnOptions parse(String... arguments) {
    List<String> data = new ArrayList<>();
    List<String> sides = List.of();
    Set<Part> parts = EnumSet.of(Part.PARETO);
    int rows = Integer.MAX_VALUE;
    int queries = 2000;
    int repetitions = 3;
    int lanes = 2;
    HugePages hugePages = HugePages.ON;
    boolean check = false;
    Optional<Path> pictures = Optional.empty();
    Optional<Path> raw = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--quick" -> {
          rows = 10_000;
          queries = 400;
          repetitions = 1;
        }
        case "--check" -> check = true;
        case "--sides" -> sides = List.of(value(arguments, ++i).split(",", -1));
        case "--parts" -> {
          parts = EnumSet.noneOf(Part.class);
          for (String part : value(arguments, ++i).split(",", -1)) {
            parts.add(constant(Part.class, part));
          }
        }
        case "--rows" -> rows = positive(value(arguments, ++i));
        case "--queries" -> queries = positive(value(arguments, ++i));
        case "--repetitions" -> repetitions = positive(value(arguments, ++i));
        case "--lanes" -> lanes = positive(value(arguments, ++i));
        case "--huge-pages" -> hugePages = constant(HugePages.class, value(arguments, ++i));
        case "--pictures" -> pictures = Optional.of(Path.of(value(arguments, ++i)));
        case "--raw" -> raw = Optional.of(Path.of(value(arguments, ++i)));
        default -> {
          if (arguments[i].startsWith("-")) {
            throw new IllegalArgumentException("unknown option: " + arguments[i]);
          }
          data.add(arguments[i]);
        }
      }
    }
    if (data.isEmpty()) {
      throw new IllegalArgumentException("no data set given");
    }
    return new AnnOptions(
        data, sides, parts, rows, queries, repetitions, lanes, hugePages, check, pictures, raw);
  }

  private static String value(String[] arguments, int position) {
    if (position >= arguments.length) {
      throw new IllegalArgumentException("option needs a value: " + arguments[position - 1]);
    }
    return arguments[position];
  }

  private static int positive(String text) {
    int number = Integer.parseInt(text);
    if (number < 1) {
      throw new IllegalArgumentException("number must be positive: " + text);
    }
    return number;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }
}
