package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;

/** One value for all rows: the first of another locator. */
final class RepeatedLocator extends ValueLocator {
  private final ValueLocator single;

  RepeatedLocator(ValueLocator single) {
    this.single = single;
  }

  @Override
  public MemorySegment memoryOf(int row) {
    return single.memoryOf(0);
  }

  @Override
  public long offsetOf(int row) {
    return single.offsetOf(0);
  }

  @Override
  public int lengthOf(int row) {
    return single.lengthOf(0);
  }

  @Override
  public int contiguousRows(int row) {
    return 1;
  }
}
