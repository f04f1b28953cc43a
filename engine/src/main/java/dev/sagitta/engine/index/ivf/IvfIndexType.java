package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types of inverted files; see {@link IvfFile} for their files. */
public final class IvfIndexType implements VectorIndexType {
  private final IvfFamily family;

  IvfIndexType(IvfFamily family) {
    this.family = requireNonNull(family, "family is null");
  }

  /** All of them. */
  public static List<VectorIndexType> all() {
    return List.of(
        new IvfIndexType(new FlatFamily()),
        new IvfIndexType(CodeFamily.sq8()),
        new IvfIndexType(CodeFamily.pq()),
        new IvfIndexType(CodeFamily.rabitq()),
        new IvfIndexType(new ScannFamily()),
        new IvfIndexType(new BinaryFlatFamily()));
  }

  @Override
  public String name() {
    return family.name();
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return family.supports(type, metric);
  }

  @Override
  public Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    Map<String, String> complete = new HashMap<>(parameters);
    complete.put(IvfParameters.NLIST, Integer.toString(IvfParameters.listCount(parameters)));
    complete.putAll(family.validateBuildParameters(parameters, dimension));
    return Map.copyOf(complete);
  }

  @Override
  public void validateSearchParameters(IndexSearchParameters parameters, int topK) {
    IvfParameters.probes(parameters);
    family.validateSearchParameters(parameters, topK);
  }

  @Override
  public void build(
      VectorColumn vectors,
      MetricType metric,
      Map<String, String> parameters,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException {
    IvfBuilder.build(
        family, (PackedVectorColumn) vectors, metric, parameters, identity, progress, target);
  }

  @Override
  public VectorIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    return IvfFile.open(family, file, (PackedVectorColumn) vectors, expected);
  }
}
