package dev.sagitta.engine.index;

import java.util.concurrent.CancellationException;

/** How far a build is, and whether it should stop. Implementations are safe for concurrent use. */
public interface BuildProgress {
  /** Ignores progress and never cancels. */
  BuildProgress NONE =
      new BuildProgress() {
        @Override
        public void rowsIndexed(int rows) {}

        @Override
        public boolean cancelled() {
          return false;
        }

        @Override
        public int parallelism() {
          return 1;
        }
      };

  /** Total number of rows indexed so far. */
  void rowsIndexed(int rows);

  /** When true the build throws {@link CancellationException} soon. */
  boolean cancelled();

  /**
   * To be called now and then by whoever builds.
   *
   * @throws CancellationException if the build should stop
   */
  default void requireNotCancelled() {
    if (cancelled()) {
      throw new CancellationException("index build was cancelled");
    }
  }

  /** Number of threads the build may use. */
  int parallelism();
}
