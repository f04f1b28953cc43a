package dev.sagitta.rest;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.io.OutputStream;

/** Collects an answer's bytes up to a limit. */
final class BoundedOutput extends OutputStream {
  private final ByteArrayBuilder bytes = new ByteArrayBuilder();
  private final long limit;
  private long size;

  BoundedOutput(long limit) {
    this.limit = limit;
  }

  @Override
  public void write(int value) {
    reserve(1);
    bytes.write(value);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    reserve(length);
    bytes.write(source, offset, length);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private void reserve(int length) {
    size += length;
    if (size > limit) {
      throw new SagittaException(
          ErrorCode.PARAMETER_TOO_LARGE,
          "query results exceed the maxOutputSize Limit: limit="
              + limit
              + " bytes; ask for fewer rows or fields");
    }
  }
}
