package dev.sagitta.engine.segment;

/** 64-bit hashes of primary keys. They are stored in bloom filters and can never change. */
final class KeyHash {
  private KeyHash() {}

  /** The finalizer of MurmurHash3 (Austin Appleby, public domain), a bijection. */
  static long of(long key) {
    long hash = key;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  /** FNV-1a over the bytes, then the finalizer, since FNV alone mixes its upper bits badly. */
  static long of(byte[] utf8) {
    long hash = 0xcbf29ce484222325L;
    for (byte value : utf8) {
      hash = (hash ^ (value & 0xff)) * 0x100000001b3L;
    }
    return of(hash);
  }
}
