package dev.sagitta.embedding.local;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The models of this process: each is loaded when first asked for and kept until this is closed.
 * Classes and native library come from the folder {@code classes}, models from {@code models}.
 */
public final class LocalModels implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LocalModels.class.getName());

  private final Optional<Path> directory;
  private final int threads;
  private final Map<String, LocalModel> loaded = new HashMap<>();
  private URLClassLoader classLoader;
  private LocalModelFactory factory;
  private boolean closed;

  /**
   * Loads nothing yet.
   *
   * @param directory folder beside the application; empty when there is none
   * @param threads threads that compute, for each model
   */
  public LocalModels(Optional<Path> directory, int threads) {
    this.directory = requireNonNull(directory, "directory is null");
    this.threads = threads;
  }

  /**
   * The models that can be loaded, the default first.
   *
   * @throws SagittaException 2 when the folder beside the application is missing or incomplete
   */
  public synchronized List<LocalModelDescription> descriptions() {
    return factory().models();
  }

  /**
   * The model of a name of {@link #descriptions}; loads it when it is not there yet, which takes
   * about a second.
   *
   * @throws SagittaException 2 when it cannot be loaded
   */
  public synchronized LocalModel model(String name) {
    LocalModel model = loaded.get(name);
    if (model == null) {
      model = factory().load(directory.orElseThrow(), name, threads);
      loaded.put(name, model);
    }
    return model;
  }

  private LocalModelFactory factory() {
    if (closed) {
      throw unavailable("the embedding models are closed", null);
    }
    if (factory == null) {
      Path classes =
          directory
              .map(folder -> folder.resolve("classes"))
              .filter(Files::isDirectory)
              .orElseThrow(
                  () ->
                      unavailable(
                          "the in-process embedding models are not installed:"
                              + " sagitta.function.text-embedding.local.directory="
                              + directory.map(Path::toString).orElse("(not set)"),
                          null));
      try {
        classLoader =
            new URLClassLoader(
                "sagitta-embedding",
                new URL[] {classes.toUri().toURL()},
                LocalModels.class.getClassLoader());
      } catch (IOException e) {
        throw new UncheckedIOException("bad folder: " + classes, e);
      }
      factory =
          ServiceLoader.load(LocalModelFactory.class, classLoader)
              .findFirst()
              .orElseThrow(() -> unavailable("no embedding models in folder " + classes, null));
    }
    return factory;
  }

  private static SagittaException unavailable(String message, Throwable cause) {
    return new SagittaException(ErrorCode.SERVICE_UNAVAILABLE, message, cause);
  }

  /** Closes what was loaded; nothing can be loaded any more. */
  @Override
  public synchronized void close() {
    closed = true;
    factory = null;
    for (Map.Entry<String, LocalModel> model : loaded.entrySet()) {
      try {
        model.getValue().close();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "cannot close an embedding model: name=" + model.getKey(), e);
      }
    }
    loaded.clear();
    if (classLoader != null) {
      try {
        classLoader.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot close the embedding models' class loader", e);
      }
    }
  }
}
