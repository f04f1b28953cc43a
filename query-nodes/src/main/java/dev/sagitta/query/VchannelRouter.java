package dev.sagitta.query;

import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Map;

/**
 * Finds who serves vchannels at a wanted freshness: sends barriers through the log where what is
 * known is too old; concurrent callers share one barrier.
 */
public interface VchannelRouter {
  /**
   * Waits until each vchannel's owner has applied everything that was appended before {@code
   * notBeforeNanos}.
   *
   * @param notBeforeNanos {@link System#nanoTime()} of this process; now for Strong reads, earlier
   *     for weaker ones, {@link Long#MIN_VALUE} for any living owner
   * @return owning node by vchannel
   */
  Map<String, String> ownersAt(List<String> vchannels, long notBeforeNanos, Deadline deadline);

  /**
   * Makes the owners flush everything appended before this call and seal the segments; returns when
   * the catalog shows it.
   */
  void flush(List<String> vchannels, Deadline deadline);

  /** Forgets what is known about a vchannel's owner, after a StaleRouteException or a dead node. */
  void invalidate(String vchannel);
}
