package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import java.util.Map;

/** Parameters that all sides share, and how those of lists and codes follow from the data. */
final class Parameters {
  static final String M = "16";
  static final String EF_CONSTRUCTION = "200";
  static final Map<String, String> GRAPH = Map.of("M", M, "efConstruction", EF_CONSTRUCTION);

  /** Sizes of a graph search's candidate list. */
  static final int[] GRAPH_EFFORTS = {
    10, 12, 14, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 384, 512, 768, 1024
  };

  private static final int[] PROBES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256};

  /** Numbers of lists grow with the square root of the rows: Milvus's advice. */
  private static final int LISTS_FACTOR = 4;

  /** Dimensions that share one code of a product quantizer, at least. */
  private static final int DIMENSIONS_PER_CODE = 4;

  private final DataSet data;

  Parameters(DataSet data) {
    this.data = data;
  }

  static Sweep graphSweep(String name) {
    return Sweep.of(name, GRAPH_EFFORTS);
  }

  String lists() {
    return Long.toString(Math.round(LISTS_FACTOR * Math.sqrt(data.rows())));
  }

  Sweep listSweep() {
    return Sweep.of("nprobe", PROBES);
  }

  Sweep refinedListSweep(String refinement, int... values) {
    return Sweep.of(refinement, values, "nprobe", PROBES);
  }

  /** Subspaces of a product quantizer: the most that divide the dimension. */
  String subspaces() {
    int subspaces = Math.max(1, data.dimension() / DIMENSIONS_PER_CODE);
    while (data.dimension() % subspaces != 0) {
      subspaces--;
    }
    return Integer.toString(subspaces);
  }
}
