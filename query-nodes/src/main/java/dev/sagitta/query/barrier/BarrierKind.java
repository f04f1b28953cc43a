package dev.sagitta.query.barrier;

/** What a barrier asks of the vchannel's owner; codes are what goes through the log. */
public enum BarrierKind {
  /** Answer as soon as everything before the barrier is applied. */
  READ(1),
  /** Flush and seal everything before the barrier, then answer. */
  FLUSH(2);

  private final int code;

  BarrierKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static BarrierKind fromCode(int code) {
    for (BarrierKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown barrier kind: code=" + code);
  }
}
