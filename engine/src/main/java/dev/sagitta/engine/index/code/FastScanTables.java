package dev.sagitta.engine.index.code;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The tables of one query: for each part and centroid how much it adds to the distance, as a byte.
 * Sums of them order codes as estimated distances do; {@link #step} is what 1 means.
 */
public final class FastScanTables {
  /** The greatest entry; sums of 256 of them fit into 16 bits. */
  private static final int ENTRY_MAX = 255;

  /**
   * Which part of the range of the widest table is enough to tell near vectors apart: their
   * contributions to squared distances are small, which is not so for inner products.
   */
  private static final float NEAR_RANGE = 1 / 3f;

  private final FastScanCode code;
  private final CentroidKernel kernel = CentroidKernels.preferred();
  private final TableKernel tableKernel = TableKernels.preferred();
  private final FastScanKernel scan = FastScanKernels.preferred();
  private final Optional<AxisScorer> scorer;
  private final float[] unit;
  private final float[] rotated;
  private final float[] four = new float[AxisProjection.GROUP];
  private final float[] exact;
  private final byte[] entries;
  private float step;

  FastScanTables(FastScanCode code) {
    this.code = requireNonNull(code, "code is null");
    this.scorer = code.levels().map(levels -> new AxisScorer(levels, code.comparesProducts()));
    this.unit = new float[code.dimension()];
    this.rotated = new float[code.projection().targetLength()];
    this.exact = new float[code.parts() * FastScanCode.CENTROIDS];
    this.entries = new byte[64 * code.lines()];
  }

  /**
   * Prepares the tables for the query at {@code query[offset]}.
   *
   * @param nearOnly whether vectors far off need not be told apart, which makes the sums of near
   *     ones finer
   */
  public void setQuery(float[] query, int offset, boolean nearOnly) {
    boolean products = code.comparesProducts();
    code.projection().project(query, offset, !products, unit, rotated, four);
    if (scorer.isPresent()) {
      scorer.get().setQuery(rotated);
    }
    float widest = products ? products() : squaredDistances();
    float range = widest * (nearOnly && !products ? NEAR_RANGE : 1);
    step = range / ENTRY_MAX;
    float scale = range > 0 ? ENTRY_MAX / range : 0;
    tableKernel.toBytes(exact, scale, exact.length, entries);
  }

  private float squaredDistances() {
    ProductCodebooks codebooks = code.codebooks();
    return tableKernel.squaredDistances(
        rotated, codebooks.values(), code.parts(), codebooks.partDimension(), exact);
  }

  /** Fills the tables and answers what is the greatest entry. */
  private float products() {
    ProductCodebooks codebooks = code.codebooks();
    int length = codebooks.partDimension();
    int count = FastScanCode.CENTROIDS;
    float widest = 0;
    for (int part = 0; part < code.parts(); part++) {
      int entry = part * count;
      kernel.scaledProducts(
          rotated,
          part * length,
          length,
          codebooks.values(),
          codebooks.offset(0, part),
          count,
          -1,
          exact,
          entry);
      widest = Math.max(widest, lowerToZero(entry, entry + count));
    }
    return widest;
  }

  /** Subtracts the least entry of a table from all and answers what is the greatest then. */
  private float lowerToZero(int from, int to) {
    float least = exact[from];
    float greatest = least;
    for (int i = from + 1; i < to; i++) {
      least = Math.min(least, exact[i]);
      greatest = Math.max(greatest, exact[i]);
    }
    for (int i = from; i < to; i++) {
      exact[i] -= least;
    }
    return greatest - least;
  }

  /** What one unit of a sum is in distance; a sum lacks a constant of the query. */
  public float step() {
    return step;
  }

  /** Estimates from nodes' own codes; empty if the code was learned without. */
  public Optional<AxisScorer> scorer() {
    return scorer;
  }

  /**
   * Sums up the codes of a block.
   *
   * @param limit the greatest sum wanted
   * @param sums gets the sum of each slot, as an unsigned short
   * @return a bit for each slot whose sum is at most the limit
   */
  public int scan(MemorySegment codes, long offset, int limit, short[] sums) {
    return scan.sums(codes, offset, code.lines(), entries, limit, sums);
  }
}
