package dev.sagitta.engine.filter.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** Strings that begin with a constant. */
public final class Utf8Prefix implements Utf8Test {
  private final byte[] prefix;

  public Utf8Prefix(String prefix) {
    this.prefix = prefix.getBytes(UTF_8);
  }

  @Override
  public boolean matches(byte[] utf8, int offset, int length) {
    return length >= prefix.length
        && Arrays.equals(utf8, offset, offset + prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public Utf8Shape shape() {
    return new Utf8Shape(prefix, true, List.of(prefix), false);
  }
}
