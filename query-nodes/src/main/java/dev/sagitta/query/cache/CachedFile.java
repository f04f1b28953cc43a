package dev.sagitta.query.cache;

import java.nio.file.Path;

/** A file of the store on this machine, in use until closed. */
public interface CachedFile extends AutoCloseable {
  /** Key of the object. */
  String key();

  Path path();

  /** Ends this use; the file may be removed when nobody uses it. Idempotent. */
  @Override
  void close();
}
