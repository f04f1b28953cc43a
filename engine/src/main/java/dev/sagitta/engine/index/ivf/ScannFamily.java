package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * SCANN: residuals in four bits for each two numbers, in the layout of {@link ScannCodebooks}; the
 * best rows are compared once more in the segment's own vectors, which therefore need no second
 * place. Lists begin with whole blocks. Constants are those of {@link
 * CodeForm#PRODUCT_OF_RESIDUAL}, the model is the codebooks.
 */
final class ScannFamily implements IvfFamily {
  static final String NAME = "SCANN";

  private static final String WITH_RAW_DATA = "with_raw_data";
  private static final String REORDER_K = "reorder_k";

  /** Rows compared once more for each wanted one, if the client does not say. */
  private static final int REORDER_DEFAULT = 8;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return DenseTypes.contains(type) && ExactScan.supports(type, metric);
  }

  @Override
  public Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    return Map.of(WITH_RAW_DATA, Boolean.toString(withRawData(parameters)));
  }

  private static boolean withRawData(Map<String, String> parameters) {
    String text = parameters.getOrDefault(WITH_RAW_DATA, "true").strip().toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false")) {
      throw SagittaException.invalidParameter(
          String.format(
              "Type conflict in json: param '%s' (%s) should be a boolean", WITH_RAW_DATA, text));
    }
    return text.equals("true");
  }

  @Override
  public void validateSearchParameters(IndexSearchParameters parameters, int topK) {
    IndexParameters.integer(parameters.values(), REORDER_K, topK, topK, Integer.MAX_VALUE);
  }

  @Override
  public int candidates(IndexSearchParameters parameters, int wanted) {
    int otherwise = (int) Math.min(Integer.MAX_VALUE, (long) REORDER_DEFAULT * wanted);
    int asked =
        IndexParameters.integer(parameters.values(), REORDER_K, otherwise, 1, Integer.MAX_VALUE);
    return Math.max(wanted, asked);
  }

  @Override
  public int alignment() {
    return ScannCodebooks.BLOCK;
  }

  @Override
  public RowEncoding encoding(IvfInput input, BuildProgress progress) {
    float extraWeight =
        input.metric() == MetricType.L2
            ? 0
            : ScannQuantizer.extraWeight(input.vectors().dimension());
    return new ScannEncoding(input, ScannTraining.train(input, extraWeight, progress), extraWeight);
  }

  @Override
  public boolean reranksInColumn(IvfInput input) {
    return withRawData(input.parameters());
  }

  @Override
  public RowScanning scanning(IvfLists lists, PackedVectorColumn vectors) {
    int rowBytes = ScannCodebooks.rowBytes(lists.dimension());
    if (lists.stored().rowBytes() != rowBytes) {
      throw lists.file().corrupt("bytes of a row", rowBytes, lists.stored().rowBytes());
    }
    if (CodeForm.PRODUCT_OF_RESIDUAL.hasConstants(lists.metric())
        && lists.stored().constants().isEmpty()) {
      throw lists.file().corrupt("block of constants", 1, 0);
    }
    ScannCodebooks codebooks =
        ScannCodebooks.open(
            lists,
            lists
                .stored()
                .model()
                .orElseThrow(() -> lists.file().corrupt("block of the model", 1, 0)));
    return () -> new ScannScanner(lists, codebooks);
  }

  @Override
  public Optional<RowScanning> reranking(IvfLists lists, PackedVectorColumn vectors) {
    return lists.reranksInColumn()
        ? Optional.of(() -> new ColumnScanner(lists, (DenseVectorColumn) vectors))
        : Optional.empty();
  }
}
