package dev.sagitta.embedding.local;

import java.nio.file.Path;
import java.util.List;

/** Loads models; found as a service among the classes beside the application. */
public interface LocalModelFactory {
  /** The models it can load, the default first. Loads nothing. */
  List<LocalModelDescription> models();

  /**
   * Loads a model.
   *
   * @param directory folder beside the application: {@code models} with the models' files, {@code
   *     classes} with the runtime
   * @param modelName name of one of {@link #models}
   * @param threads threads that compute
   * @throws dev.sagitta.engine.error.SagittaException when files or native library cannot be loaded
   */
  LocalModel load(Path directory, String modelName, int threads);
}
