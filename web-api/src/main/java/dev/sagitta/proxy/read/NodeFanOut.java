package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.engine.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/** Asks several nodes at once; a single one on the caller's thread. */
final class NodeFanOut {
  private final ExecutorService executor;

  NodeFanOut(ExecutorService executor) {
    this.executor = requireNonNull(executor, "executor is null");
  }

  /**
   * Calls the function for each part; the first failure is thrown, the other calls run out.
   *
   * @return the results in the order of the parts
   */
  <P, R> List<R> ask(List<P> parts, Function<P, R> call, Deadline deadline, String operation) {
    List<CompletableFuture<R>> others = new ArrayList<>();
    for (P part : parts.subList(Math.min(1, parts.size()), parts.size())) {
      others.add(CompletableFuture.supplyAsync(() -> call.apply(part), executor));
    }
    List<R> results = new ArrayList<>(parts.size());
    if (!parts.isEmpty()) {
      results.add(call.apply(parts.getFirst()));
    }
    for (CompletableFuture<R> other : others) {
      results.add(DeadlineWait.result(other, deadline, operation));
    }
    return results;
  }
}
