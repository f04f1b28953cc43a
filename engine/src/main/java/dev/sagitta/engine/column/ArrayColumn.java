package dev.sagitta.engine.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.schema.DataType;
import java.util.function.IntFunction;

/** Values of an Array field. The accessor to call follows from {@link #elementType()}. */
public interface ArrayColumn extends Column {
  DataType elementType();

  /** Number of elements of the row's array. */
  int lengthAt(int row);

  boolean booleanAt(int row, int index);

  long longAt(int row, int index);

  double doubleAt(int row, int index);

  String stringAt(int row, int index);

  /** Length of a string element in UTF-8 bytes. */
  default int utf8LengthAt(int row, int index) {
    return stringAt(row, index).getBytes(UTF_8).length;
  }

  /** Copies the UTF-8 bytes of a string element to {@code target} from {@code offset} on. */
  default void copyUtf8(int row, int index, byte[] target, int offset) {
    byte[] utf8 = stringAt(row, index).getBytes(UTF_8);
    System.arraycopy(utf8, 0, target, offset, utf8.length);
  }

  /**
   * Whether some string of the row passes; of those whose length rules them out no byte is read.
   *
   * @param buffers gives a buffer of at least a size, which may be the same each time
   */
  default boolean anyUtf8(int row, Utf8Matcher matcher, IntFunction<byte[]> buffers) {
    int count = lengthAt(row);
    for (int i = 0; i < count; i++) {
      int length = utf8LengthAt(row, i);
      if (matcher.mayHaveLength(length)) {
        byte[] buffer = buffers.apply(length);
        copyUtf8(row, i, buffer, 0);
        if (matcher.matches(buffer, 0, length)) {
          return true;
        }
      }
    }
    return false;
  }
}
