package dev.sagitta.engine.scalarindex.rtree;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.geometry.Bounds;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Optional;

/** Finds the geometries whose rectangles meet that of a test; these are then tested. */
final class RtreeIndex implements ScalarIndex {
  private static final double RECTANGLE_COST = 5;

  private final RtreeFile file;

  RtreeIndex(RtreeFile file) {
    this.file = requireNonNull(file, "file is null");
  }

  @Override
  public int rowCount() {
    return file.rowCount();
  }

  @Override
  public Optional<RowMatch> match(ScalarTest test) {
    return test instanceof ScalarTest.Geometries geometries
        ? geometries.test().bounds().map(this::search)
        : Optional.empty();
  }

  private RowMatch search(Bounds bounds) {
    Search search = new Search(bounds);
    search.run();
    return new Found(search.rows, search.visited * RECTANGLE_COST);
  }

  @Override
  public long sizeInBytes() {
    return 0;
  }

  @Override
  public void close() {}

  /** The rows whose rectangles meet, found already: walking the tree is what an estimate costs. */
  private record Found(RowBitmap candidates, double cost) implements RowMatch {
    @Override
    public long estimatedRows() {
      return candidates.cardinality();
    }

    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public RowBitmap rows() {
      return candidates.copy();
    }
  }

  private final class Search {
    private final Bounds bounds;
    private final RowBitmap rows = new RowBitmap(file.rowCount());
    private long visited;

    Search(Bounds bounds) {
      this.bounds = bounds;
    }

    void run() {
      int entries = file.entryCount();
      if (entries > 0) {
        long root = RtreeFile.rectangleCount(entries, file.nodeEntries()) - 1;
        int height = 0;
        for (long length = entries; length > 1; height++) {
          length = (length + file.nodeEntries() - 1) / file.nodeEntries();
        }
        visit(root, 0, height);
      }
    }

    /**
     * Visits a rectangle.
     *
     * @param index its position in its level
     * @param level 0 for entries
     */
    private void visit(long rectangle, long index, int level) {
      visited++;
      boolean meets =
          file.side(rectangle, 0) <= bounds.maxX()
              && file.side(rectangle, 1) <= bounds.maxY()
              && file.side(rectangle, 2) >= bounds.minX()
              && file.side(rectangle, 3) >= bounds.minY();
      if (!meets) {
        return;
      }
      if (level == 0) {
        rows.add(file.row(index));
        return;
      }
      long start = levelStart(level - 1);
      long length = levelLength(level - 1);
      long first = index * file.nodeEntries();
      long end = Math.min(first + file.nodeEntries(), length);
      for (long child = first; child < end; child++) {
        visit(start + child, child, level - 1);
      }
    }

    private long levelLength(int level) {
      long length = file.entryCount();
      for (int i = 0; i < level; i++) {
        length = (length + file.nodeEntries() - 1) / file.nodeEntries();
      }
      return length;
    }

    private long levelStart(int level) {
      long start = 0;
      for (int i = 0; i < level; i++) {
        start += levelLength(i);
      }
      return start;
    }
  }
}
