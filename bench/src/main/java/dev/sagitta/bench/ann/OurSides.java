package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.engine.index.VectorIndexTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every index family of ours with parameters of the REST API. A new family is one more line in
 * {@link #all()}; families that the registry does not know are left out.
 */
final class OurSides {
  private static final String MAIN = "dev.sagitta.bench.side.sagitta.SagittaSide";
  private static final Map<String, String> REFINED =
      Map.of("refine", "true", "refine_type", "FP32");

  /** The family that compares with every row. */
  static final String EXACT = "FLAT";

  /** The family that leaves the vectors on the disk. */
  private static final String ON_DISK = "DISKANN";

  /** Codes and cached nodes, an eighth of the raw vectors' bytes each. */
  private static final Map<String, String> QUARTER_IN_MEMORY =
      Map.of("PQCodeBudgetGBRatio", "0.125", "SearchCacheBudgetGBRatio", "0.125");

  private final Launcher launcher;
  private final Parameters parameters;
  private final List<SideDefinition> sides = new ArrayList<>();

  OurSides(Launcher launcher, DataSet data) {
    this.launcher = launcher;
    this.parameters = new Parameters(data);
  }

  List<SideDefinition> all() {
    Map<String, String> graph = Parameters.GRAPH;
    Map<String, String> lists = Map.of("nlist", parameters.lists());
    Map<String, String> product = Map.of("m", parameters.subspaces(), "nbits", "8");
    Sweep ef = Parameters.graphSweep("ef");
    Sweep refinedEf = Sweep.of("refine_k", new int[] {1, 2, 4}, "ef", Parameters.GRAPH_EFFORTS);
    Sweep probes = parameters.listSweep();
    Sweep refinedProbes = parameters.refinedListSweep("refine_k", 2, 8, 32);
    Sweep reorderedProbes = parameters.refinedListSweep("reorder_k", 10, 40, 100);

    add("HNSW", "HNSW", true, ef, graph);
    add("COMPACT_GRAPH", "COMPACT_GRAPH", true, ef, graph);
    add("HNSW_SQ8", "HNSW_SQ", true, refinedEf, graph, REFINED, Map.of("sq_type", "SQ8"));
    add("HNSW_SQ4U", "HNSW_SQ", true, refinedEf, graph, REFINED, Map.of("sq_type", "SQ4U"));
    add("HNSW_PQ", "HNSW_PQ", true, refinedEf, graph, REFINED, product);
    add("HNSW_PRQ", "HNSW_PRQ", true, refinedEf, graph, REFINED, product);
    add("IVF_FLAT", "IVF_FLAT", true, probes, lists);
    add("IVF_SQ8", "IVF_SQ8", false, probes, lists);
    add("IVF_PQ", "IVF_PQ", false, probes, lists, product);
    add("IVF_RABITQ", "IVF_RABITQ", true, refinedProbes, lists, REFINED);
    add("SCANN", "SCANN", true, reorderedProbes, lists);
    add(ON_DISK, ON_DISK, true, Parameters.graphSweep("search_list"), QUARTER_IN_MEMORY);
    add("AUTOINDEX", VectorIndexTypes.AUTOINDEX, true, ef);
    add(EXACT, EXACT, true, Sweep.none());
    return List.copyOf(sides);
  }

  @SafeVarargs
  private void add(
      String name, String type, boolean exactOrder, Sweep sweep, Map<String, String>... given) {
    if (!type.equals(VectorIndexTypes.AUTOINDEX) && !VectorIndexTypes.names().contains(type)) {
      return;
    }
    boolean readsVectors = exactOrder && !type.equals(ON_DISK);
    Map<String, String> build = new HashMap<>(Map.of("type", type, "threads", "1"));
    build.put("vectors", Boolean.toString(readsVectors));
    for (Map<String, String> part : given) {
      build.putAll(part);
    }
    sides.add(
        new SideDefinition(name, true, exactOrder, () -> launcher.java(name, MAIN), build, sweep));
  }
}
