package dev.sagitta.bench.side;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/** An index library inside the process that measures it. Used by one thread. */
public interface Side extends AutoCloseable {
  /** Takes the vectors over into the form that the library wants. Not timed. */
  void load(SideData data) throws Exception;

  /**
   * Builds the index over all rows. Timed.
   *
   * @return bytes that searches need in memory, raw vectors included
   */
  long build(Map<String, String> parameters) throws Exception;

  /** Restricts following searches to these rows. */
  default void filter(Optional<BitSet> rows) {
    throw new UnsupportedOperationException("this side knows no filters");
  }

  /** Prepares for searches with these parameters. Not timed. */
  void use(Map<String, String> parameters) throws Exception;

  /** Searches once with the parameters given last; timed. */
  void search(int query, AnswerRows answer) throws Exception;

  @Override
  default void close() throws IOException {}
}
