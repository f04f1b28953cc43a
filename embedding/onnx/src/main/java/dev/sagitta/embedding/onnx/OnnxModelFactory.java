package dev.sagitta.embedding.onnx;

import ai.onnxruntime.OrtException;
import dev.sagitta.embedding.local.LocalModel;
import dev.sagitta.embedding.local.LocalModelDescription;
import dev.sagitta.embedding.local.LocalModelFactory;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sentence models that lie beside the application. */
public final class OnnxModelFactory implements LocalModelFactory {
  private static final Logger LOG = System.getLogger(OnnxModelFactory.class.getName());

  @Override
  public List<LocalModelDescription> models() {
    return SentenceModel.ALL.stream().map(SentenceModel::description).toList();
  }

  @Override
  public LocalModel load(Path directory, String modelName, int threads) {
    SentenceModel model =
        SentenceModel.named(modelName)
            .orElseThrow(() -> new IllegalArgumentException("unknown model: name=" + modelName));
    Path network = directory.resolve("models").resolve(model.fileStem() + ".onnx");
    Path tokenizer = directory.resolve("models").resolve(model.fileStem() + "-tokenizer.json");
    long begin = System.nanoTime();
    try {
      if (!Files.isReadable(network)) {
        throw new IOException("file is missing: " + network);
      }
      LocalModel loaded =
          new OnnxModel(
              model.description(),
              WordPieceTokenizer.read(tokenizer),
              new SentenceEncoder(
                  NativeRuntime.load(directory), network, model.description().dimension()),
              threads);
      LOG.log(
          Level.INFO,
          "embedding model loaded: name={0} threads={1} milliseconds={2}",
          modelName,
          threads,
          (System.nanoTime() - begin) / 1_000_000);
      return loaded;
    } catch (IOException | OrtException | LinkageError e) {
      throw new SagittaException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "cannot load the embedding model: name=" + modelName + ": " + e,
          e);
    }
  }
}
