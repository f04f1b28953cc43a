package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Other people's libraries, each with its equivalent of our parameters. */
final class PeerSides {
  /** The side that all ratios refer to. */
  static final String REFERENCE = "hnswlib";

  private static final String JAVA_PEERS = "dev.sagitta.bench.peers.";

  private final Launcher launcher;
  private final Parameters parameters;

  PeerSides(Launcher launcher, DataSet data) {
    this.launcher = launcher;
    this.parameters = new Parameters(data);
  }

  /**
   * All of them. M = 16 means 32 links at the lowest level everywhere: JVector's M is that number
   * itself. FAISS's "np" leaves out a training for polysemous search, which is not used here.
   */
  List<SideDefinition> all() {
    String lists = "IVF" + parameters.lists();
    String codes = ",PQ" + parameters.subspaces() + "np";
    Sweep ef = Parameters.graphSweep("ef");
    Sweep refinedProbes = parameters.refinedListSweep("k_factor", 1, 4, 10);
    int[] oversampling = {1, 3};
    return List.of(
        new SideDefinition(
            REFERENCE,
            false,
            true,
            () -> launcher.program(REFERENCE, "hnswlib_driver", "libhnswlib-dev"),
            Parameters.GRAPH,
            ef),
        faiss(
            "FAISS HNSW",
            true,
            Map.of("factory", "HNSW" + Parameters.M + ",Flat"),
            Parameters.graphSweep("efSearch")),
        faiss("FAISS IVF_FLAT", true, Map.of("factory", lists + ",Flat"), parameters.listSweep()),
        faiss("FAISS IVF_PQ", true, Map.of("factory", lists + codes + ",RFlat"), refinedProbes),
        java("JVector", true, "JVectorSide", Map.of("codes", "none"), ef),
        java("JVector PQ", true, "JVectorSide", Map.of("codes", parameters.subspaces()), ef),
        java("Lucene", true, "LuceneSide", Map.of("codes", "none"), ef),
        java(
            "Lucene int8",
            false,
            "LuceneSide",
            Map.of("codes", "int8"),
            Sweep.of("oversampling", oversampling, "ef", Parameters.GRAPH_EFFORTS)),
        java("hnswlib-core", true, "HnswlibCoreSide", Map.of(), ef));
  }

  private SideDefinition faiss(
      String name, boolean exactOrder, Map<String, String> build, Sweep sweep) {
    Map<String, String> complete = new HashMap<>(build);
    complete.put("efConstruction", Parameters.EF_CONSTRUCTION);
    return new SideDefinition(
        name,
        false,
        exactOrder,
        () ->
            launcher.program(
                name, "faiss_driver", "libfaiss-dev libopenblas-dev", "-lfaiss", "-lopenblas"),
        complete,
        sweep);
  }

  private SideDefinition java(
      String name, boolean exactOrder, String mainClass, Map<String, String> build, Sweep sweep) {
    Map<String, String> complete = new HashMap<>(build);
    complete.putAll(Parameters.GRAPH);
    return new SideDefinition(
        name,
        false,
        exactOrder,
        () -> launcher.java(name, JAVA_PEERS + mainClass),
        complete,
        sweep);
  }
}
