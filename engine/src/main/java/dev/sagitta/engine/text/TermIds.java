package dev.sagitta.engine.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.lucene.util.StringHelper;

/** The number that stands for a term in sparse vectors; on disk, so it never changes. */
public final class TermIds {
  /** The largest dimension that a sparse vector may have, as unsigned number. */
  private static final long DIMENSIONS = 0xffff_ffffL;

  private TermIds() {}

  /** MurmurHash3 (32 bits, seed 0) of the term's UTF-8 bytes, below 2^32 - 1. */
  public static int of(String term) {
    byte[] utf8 = term.getBytes(UTF_8);
    int hash = StringHelper.murmurhash3_x86_32(utf8, 0, utf8.length, 0);
    return (int) (Integer.toUnsignedLong(hash) % DIMENSIONS);
  }
}
