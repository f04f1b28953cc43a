package dev.sagitta.engine.filter.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.filter.syntax.PathStep;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths as bytes: a step is its UTF-8 with each zero byte followed by 0xFF, and ends with the bytes
 * 0, 1. The bytes of a path are so a prefix of the bytes of every path below it, and of no other.
 */
public final class JsonSteps {
  /** Follows a zero byte behind the last step, where something else than a path goes on. */
  public static final byte END_OF_PATH = 2;

  private static final byte ZERO = (byte) 0xFF;
  private static final byte END_OF_STEP = 1;

  private JsonSteps() {}

  /** Appends one step. */
  public static void append(GrowableBytes target, byte[] utf8, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      target.putByte(utf8[i]);
      if (utf8[i] == 0) {
        target.putByte(ZERO);
      }
    }
    target.putByte(0);
    target.putByte(END_OF_STEP);
  }

  /** The path of encoded steps. */
  public static JsonPath decode(MemorySegment encoded) {
    List<PathStep> steps = new ArrayList<>();
    ByteArrayOutputStream step = new ByteArrayOutputStream();
    byte[] bytes = encoded.toArray(LittleEndian.BYTE);
    for (int i = 0; i < bytes.length; i++) {
      boolean escaped = bytes[i] == 0 && i + 1 < bytes.length;
      if (escaped && bytes[i + 1] == END_OF_STEP) {
        steps.add(new PathStep.Key(step.toString(UTF_8)));
        step.reset();
      } else {
        step.write(bytes[i]);
      }
      i += escaped ? 1 : 0;
    }
    return JsonPath.of(steps);
  }

  /** The steps of the path from {@code firstStep} on. */
  public static byte[] encode(JsonPath path, int firstStep) {
    GrowableBytes bytes = new GrowableBytes(64);
    for (int step = firstStep; step < path.length(); step++) {
      append(bytes, path.key(step), 0, path.key(step).length);
    }
    return bytes.toByteArray();
  }
}
