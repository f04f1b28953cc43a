package dev.sagitta.engine.scalarindex.words;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * The rows of a word and its places in their texts: for each row, ascending, as variable-length
 * numbers (seven bits a byte, lowest first, the top bit set in all bytes but the last)
 *
 * <pre>
 * row, minus that of the row before, or minus -1 for the first
 * number of places
 * each place, minus the one before, the first as it is
 * </pre>
 *
 * @param memory holds the bytes from {@code from} to {@code to}
 * @param rows how many rows
 */
record WordList(MemorySegment memory, long from, long to, int rows) {
  WordList {
    requireNonNull(memory, "memory is null");
  }

  Cursor cursor() {
    return new Cursor(this);
  }

  static void put(GrowableBytes target, int number) {
    int rest = number;
    while ((rest & ~0x7f) != 0) {
      target.putByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    target.putByte(rest);
  }

  /** Walks through a list. Belongs to one thread. */
  static final class Cursor {
    private final MemorySegment memory;
    private final long end;
    private long position;
    private int row = -1;
    private int places;

    Cursor(WordList list) {
      this.memory = list.memory;
      this.position = list.from;
      this.end = list.to;
    }

    /** The row of the cursor, -1 before the first one. */
    int row() {
      return row;
    }

    /** Goes to the next row; false behind the last one. */
    boolean next() {
      skipPlaces();
      if (position >= end) {
        return false;
      }
      row += number();
      places = number();
      return true;
    }

    /** Goes to the first row that is not smaller; false if there is none. */
    boolean advance(int target) {
      while (row < target) {
        if (!next()) {
          return false;
        }
      }
      return true;
    }

    /** Gives all places in the row's text; once a row. */
    void forEachPlace(PlaceConsumer consumer) {
      int place = 0;
      for (; places > 0; places--) {
        place += number();
        consumer.accept(place);
      }
    }

    private void skipPlaces() {
      for (; places > 0; places--) {
        var _ = number();
      }
    }

    private int number() {
      int number = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = memory.get(LittleEndian.BYTE, position++);
        number |= (next & 0x7f) << shift;
        if (next >= 0) {
          return number;
        }
      }
    }
  }

  /** Takes places of a word in a text. */
  @FunctionalInterface
  interface PlaceConsumer {
    void accept(int place);
  }
}
