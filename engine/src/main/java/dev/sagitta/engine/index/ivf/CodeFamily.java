package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.RefineParameters;
import dev.sagitta.engine.index.code.RaBitScorer;
import dev.sagitta.engine.index.code.TrainingSample;
import dev.sagitta.engine.index.code.VectorCode;
import dev.sagitta.engine.index.code.VectorCodes;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * IVF_SQ8, IVF_PQ and IVF_RABITQ: codes of residuals, in the {@link CodeForm} that suits the code.
 * Constants are as that says, the model is the code's. A refinement is a code of the vectors
 * themselves; where it would not be smaller than the segment's vectors, those are compared.
 */
final class CodeFamily implements IvfFamily {
  static final String SQ8 = "IVF_SQ8";
  static final String PQ = "IVF_PQ";
  static final String RABITQ = "IVF_RABITQ";

  private static final String M = "m";
  private static final String NBITS = "nbits";
  private static final String QUERY_BITS = "rbq_query_bits";

  private final String name;
  private final String code;
  private final boolean refinable;

  private CodeFamily(String name, String code, boolean refinable) {
    this.name = requireNonNull(name, "name is null");
    this.code = requireNonNull(code, "code is null");
    this.refinable = refinable;
  }

  static CodeFamily sq8() {
    return new CodeFamily(SQ8, VectorCodes.SQ8, true);
  }

  static CodeFamily pq() {
    return new CodeFamily(PQ, VectorCodes.PQ, false);
  }

  static CodeFamily rabitq() {
    return new CodeFamily(RABITQ, VectorCodes.RABITQ, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return DenseTypes.contains(type) && ExactScan.supports(type, metric);
  }

  @Override
  public Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    Map<String, String> own = new HashMap<>();
    if (code.equals(VectorCodes.PQ)) {
      if (!parameters.containsKey(M)) {
        throw SagittaException.invalidParameter(
            String.format("param '%s' not exist in json: index_type=%s", M, name));
      }
      Map<String, String> complete = VectorCodes.validate(code, parameters, dimension);
      own.put(M, complete.get(M));
      own.put(NBITS, complete.get(NBITS));
    }
    if (refinable) {
      own.putAll(refinement(parameters).toMap());
    }
    return own;
  }

  private static RefineParameters refinement(Map<String, String> parameters) {
    return RefineParameters.of(parameters, VectorCodes.SQ8);
  }

  @Override
  public void validateSearchParameters(IndexSearchParameters parameters, int topK) {
    if (refinable) {
      RefineParameters.refineK(parameters);
    }
    queryBits(parameters);
  }

  @Override
  public int queryBits(IndexSearchParameters parameters) {
    return code.equals(VectorCodes.RABITQ)
        ? IndexParameters.integer(parameters.values(), QUERY_BITS, 0, 0, RaBitScorer.QUERY_BITS_MAX)
        : 0;
  }

  @Override
  public int candidates(IndexSearchParameters parameters, int wanted) {
    return (int)
        Math.min(Integer.MAX_VALUE, Math.ceil(RefineParameters.refineK(parameters) * wanted));
  }

  @Override
  public RowEncoding encoding(IvfInput input, BuildProgress progress) {
    CodeForm form = CodeForm.ofList(code, input.metric());
    int rows = VectorCodes.sampleRows(code, input.parameters(), input.vectors().dimension());
    TrainingSample sample = ResidualSample.of(input, rows);
    VectorCode trained =
        VectorCodes.train(
            code,
            input.parameters(),
            sample,
            form.codeMetric(input.metric()),
            input.seed(),
            progress);
    return new CodeEncoding(input, trained, form);
  }

  @Override
  public Optional<RowEncoding> refinement(IvfInput input, BuildProgress progress) {
    if (!refinable || !refinement(input.parameters()).refine()) {
      return Optional.empty();
    }
    String type = refinement(input.parameters()).type();
    int rows = VectorCodes.sampleRows(type, Map.of(), input.vectors().dimension());
    VectorCode trained =
        VectorCodes.train(
            type,
            Map.of(),
            ResidualSample.whole(input, rows),
            CodeForm.WHOLE.codeMetric(input.metric()),
            input.seed(),
            progress);
    return trained.codeBytes() < input.vectors().vectorBytes()
        ? Optional.of(new CodeEncoding(input, trained, CodeForm.WHOLE))
        : Optional.empty();
  }

  @Override
  public boolean reranksInColumn(IvfInput input) {
    return refinable && refinement(input.parameters()).refine();
  }

  @Override
  public RowScanning scanning(IvfLists lists, PackedVectorColumn vectors) {
    CodeForm form = CodeForm.ofList(code, lists.metric());
    if (form.hasConstants(lists.metric()) && lists.stored().constants().isEmpty()) {
      throw lists.file().corrupt("block of constants", 1, 0);
    }
    VectorCode opened = open(lists, lists.stored(), form);
    return () -> new CodeScanner(lists, lists.stored(), opened, form);
  }

  @Override
  public Optional<RowScanning> reranking(IvfLists lists, PackedVectorColumn vectors) {
    if (lists.reranksInColumn()) {
      return Optional.of(() -> new ColumnScanner(lists, (DenseVectorColumn) vectors));
    }
    return lists
        .refinement()
        .map(
            stored -> {
              VectorCode opened = open(lists, stored, CodeForm.WHOLE);
              return () -> new CodeScanner(lists, stored, opened, CodeForm.WHOLE);
            });
  }

  private static VectorCode open(IvfLists lists, StoredRows stored, CodeForm form) {
    VectorCode opened =
        VectorCodes.open(
            stored.model().orElseThrow(() -> lists.file().corrupt("block of the model", 1, 0)));
    if (opened.dimension() != lists.dimension()) {
      throw lists.file().corrupt("dimension of the code", lists.dimension(), opened.dimension());
    }
    if (opened.codeBytes() != stored.rowBytes()) {
      throw lists.file().corrupt("bytes of a code", opened.codeBytes(), stored.rowBytes());
    }
    if (opened.metric() != form.codeMetric(lists.metric())) {
      throw lists
          .file()
          .corrupt("whether the code is for L2", 1, opened.metric() == MetricType.L2 ? 1 : 0);
    }
    return opened;
  }
}
