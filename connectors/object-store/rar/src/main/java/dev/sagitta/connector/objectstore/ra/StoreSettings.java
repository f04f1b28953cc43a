package dev.sagitta.connector.objectstore.ra;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.local.LocalObjectStore;
import dev.sagitta.connector.objectstore.s3.S3ObjectStore;
import dev.sagitta.connector.objectstore.s3.S3Settings;
import java.nio.file.Path;

/** Which store to open, and how. Equal settings share one store. */
sealed interface StoreSettings {
  ObjectStore open();

  /** A directory of this machine. */
  record Local(Path directory) implements StoreSettings {
    public Local {
      requireNonNull(directory, "directory is null");
    }

    @Override
    public ObjectStore open() {
      return new LocalObjectStore(directory);
    }
  }

  /** A bucket. */
  record S3(S3Settings settings) implements StoreSettings {
    public S3 {
      requireNonNull(settings, "settings is null");
    }

    @Override
    public ObjectStore open() {
      return new S3ObjectStore(settings);
    }
  }
}
