package dev.sagitta.query.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.segment.Segment;
import java.util.Set;

/**
 * A segment that searches see.
 *
 * @param origin where its rows are
 * @param builds index builds that are attached
 */
public record ServedSegment(Segment segment, Origin origin, Set<Long> builds) {
  public ServedSegment {
    requireNonNull(segment, "segment is null");
    requireNonNull(origin, "origin is null");
    builds = Set.copyOf(builds);
  }

  public long id() {
    return segment.id();
  }

  ServedSegment withOrigin(Origin newOrigin) {
    return new ServedSegment(segment, newOrigin, builds);
  }

  /** Where the rows of a served segment are. */
  public enum Origin {
    /** In memory, and more come. */
    GROWING,
    /** In memory and complete; to be replaced by the loaded files. */
    SEALED_IN_MEMORY,
    /** In mapped files. */
    LOADED
  }
}
