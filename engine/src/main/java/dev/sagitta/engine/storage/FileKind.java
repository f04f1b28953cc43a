package dev.sagitta.engine.storage;

/** Kinds of block files: the last character of the magic and the version that is written. */
public enum FileKind {
  /** One field of one chunk. */
  BINLOG('B', 1),
  /** Deletes of a segment. */
  DELTA('D', 1),
  /** What is known about a chunk without reading its rows. */
  STATS('S', 1),
  /** An index of one field over a whole segment. */
  INDEX('I', 1);

  private static final String MAGIC_PREFIX = "SAGITTA";

  private final char character;
  private final int version;

  FileKind(char character, int version) {
    this.character = character;
    this.version = version;
  }

  /** The version that this release writes, and the only one it reads. */
  int version() {
    return version;
  }

  /** The eight ASCII characters {@code SAGITTA} and the kind's own, as a little-endian number. */
  long magic() {
    String text = MAGIC_PREFIX + character;
    long magic = 0;
    for (int i = 0; i < text.length(); i++) {
      magic |= (long) text.charAt(i) << (8 * i);
    }
    return magic;
  }
}
