package dev.sagitta.query.request;

/**
 * Which of the served rows a read may see at all.
 *
 * @param readTimestamp writes and deletes after it do not count; {@link Long#MAX_VALUE} for none
 * @param ignoreGrowing leaves out rows of segments that still grow
 */
public record RowVisibility(long readTimestamp, boolean ignoreGrowing) {
  /** Everything that is served. */
  public static final RowVisibility NEWEST = new RowVisibility(Long.MAX_VALUE, false);

  public RowVisibility {
    if (readTimestamp < 0) {
      throw new IllegalArgumentException("negative timestamp: readTimestamp=" + readTimestamp);
    }
  }
}
