package dev.sagitta.rest.health;

import java.util.Optional;

/** One thing that must be in order before this process can serve. */
public interface ReadinessCheck {
  /** Milvus's name of the part: rootcoord, datacoord, querynode... */
  String name();

  /** What is wrong, in one line; empty if nothing is. Must not block. */
  Optional<String> problem();
}
