package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.proxy.SearchCommand;
import dev.sagitta.proxy.SearchIteration;
import dev.sagitta.proxy.SearchOutcome;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Steps of a search iterator, without anything kept between them: a step searches rows farther than
 * the bound of the step before. A bound lies between two scores that differ by more than the
 * rounding of one score in different searches, so no row comes twice and none of equal scores is
 * lost; a step ends a little earlier for that, or later where more rows than wanted have the same
 * score.
 */
final class IterationSteps {
  /** Most rows of one step. */
  private static final int STEP_MAX = 16_384;

  /** Scores of one row in different searches differ by less than this part of them. */
  private static final double ROUNDING = 2e-6;

  /** A search of a number of hits, whatever the command's limit is, at a timestamp. */
  @FunctionalInterface
  interface Search {
    SearchOutcome search(SearchCommand command, int wanted, long readTimestamp, Deadline deadline);
  }

  private final Search search;
  private final ReadTimestamps timestamps;

  IterationSteps(Search search, ReadTimestamps timestamps) {
    this.search = requireNonNull(search, "search is null");
    this.timestamps = requireNonNull(timestamps, "timestamps is null");
  }

  SearchOutcome step(SearchCommand command, SearchIteration iteration, Deadline deadline) {
    long timestamp = timestamps.of(iteration.readTimestamp(), deadline);
    MetricType metric = metric(command);
    boolean largerIsNearer = metric.largerIsNearer();
    IndexSearchParameters parameters =
        beyond(command.parameters(), iteration.lastBound(), largerIsNearer);
    String token = iteration.token().orElseGet(() -> UUID.randomUUID().toString());
    if (isBeyondRadius(parameters, largerIsNearer)) {
      return new SearchOutcome(
          new int[1],
          KeyLists.empty(command.collection().schema().primaryKey()),
          new float[0],
          HitFields.empty(command.collection().schema(), command.outputFieldIds()),
          Optional.of(
              new SearchIteration.Position(timestamp, iteration.lastBound().orElse(0), token)));
    }
    for (int wanted = command.limit(); ; wanted = Math.min(2 * wanted, STEP_MAX)) {
      int asked = Math.min(wanted + 1, STEP_MAX);
      SearchOutcome found =
          search.search(
              command.asStep(parameters, ReadTimestamps.consistencyOf(iteration.readTimestamp())),
              asked,
              timestamp,
              deadline);
      int count = found.scores().length;
      if (count < asked) {
        double end = count == 0 ? iteration.lastBound().orElse(0) : found.scores()[count - 1];
        double step = 2 * tolerance(metric, found.scores());
        double bound = largerIsNearer ? end - step : end + step;
        return found.at(new SearchIteration.Position(timestamp, bound, token));
      }
      int cut = lastGap(found.scores(), tolerance(metric, found.scores()));
      if (cut == 0 && asked == STEP_MAX) {
        cut = largestGap(found.scores());
      }
      if (cut > 0) {
        double bound = ((double) found.scores()[cut - 1] + found.scores()[cut]) / 2;
        return first(found, cut).at(new SearchIteration.Position(timestamp, bound, token));
      }
    }
  }

  private static MetricType metric(SearchCommand command) {
    return command
        .collection()
        .indexOfField(command.field().id())
        .flatMap(IndexDescriptor::metric)
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "no index to iterate over: field=" + command.field().name()));
  }

  /** The parameters with an inner bound that leaves out what was given. */
  private static IndexSearchParameters beyond(
      IndexSearchParameters parameters, OptionalDouble bound, boolean largerIsNearer) {
    if (bound.isEmpty()) {
      return parameters;
    }
    double inner = bound.getAsDouble();
    if (parameters.rangeFilter().isPresent()) {
      double asked = parameters.rangeFilter().getAsDouble();
      inner = largerIsNearer ? Math.min(inner, asked) : Math.max(inner, asked);
    }
    return new IndexSearchParameters(
        parameters.values(), parameters.radius(), OptionalDouble.of(inner));
  }

  private static boolean isBeyondRadius(IndexSearchParameters parameters, boolean largerIsNearer) {
    if (parameters.radius().isEmpty() || parameters.rangeFilter().isEmpty()) {
      return false;
    }
    double outer = parameters.radius().getAsDouble();
    double inner = parameters.rangeFilter().getAsDouble();
    return largerIsNearer ? inner <= outer : inner >= outer;
  }

  /** More than the scores of one row differ by; cosines are sums of numbers up to 1. */
  private static double tolerance(MetricType metric, float[] scores) {
    double largest = metric == MetricType.COSINE ? 1 : Float.MIN_NORMAL;
    for (float score : scores) {
      largest = Math.max(largest, Math.abs(score));
    }
    return largest * ROUNDING;
  }

  /** Number of hits before the last gap between scores; 0 if there is none. */
  private static int lastGap(float[] scores, double tolerance) {
    for (int i = scores.length - 1; i > 0; i--) {
      if (gap(scores, i) > tolerance) {
        return i;
      }
    }
    return 0;
  }

  private static int largestGap(float[] scores) {
    return IntStream.range(1, scores.length)
        .boxed()
        .max((i, j) -> Double.compare(gap(scores, i), gap(scores, j)))
        .orElseThrow();
  }

  private static double gap(float[] scores, int i) {
    return Math.abs((double) scores[i] - scores[i - 1]);
  }

  private static SearchOutcome first(SearchOutcome found, int count) {
    int[] rows = IntStream.range(0, count).toArray();
    ColumnBatch fields = ColumnBatches.select(found.fields(), rows);
    return new SearchOutcome(
        new int[] {count},
        KeyLists.select(found.keys(), rows),
        Arrays.copyOf(found.scores(), count),
        fields);
  }
}
