package dev.sagitta.engine.index;

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

  /** When true the build throws {@link java.util.concurrent.CancellationException} soon. */
  boolean cancelled();

  /** Number of threads the build may use. */
  int parallelism();
}
