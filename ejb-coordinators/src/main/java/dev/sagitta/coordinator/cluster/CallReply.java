package dev.sagitta.coordinator.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.nio.ByteBuffer;

/**
 * The bytes of an answer: a big-endian int, then the handler's answer if the int is {@value #OK},
 * else the failure's message in UTF-8, the int being its error code.
 */
final class CallReply {
  static final int OK = 0;

  private CallReply() {}

  static byte[] answer(byte[] answer) {
    return ByteBuffer.allocate(Integer.BYTES + answer.length).putInt(OK).put(answer).array();
  }

  static byte[] failure(ErrorCode code, String message) {
    byte[] text = message.getBytes(UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + text.length).putInt(code.code()).put(text).array();
  }

  /**
   * The handler's answer.
   *
   * @throws SagittaException the failure
   */
  static byte[] decode(byte[] reply) {
    ByteBuffer buffer = ByteBuffer.wrap(reply);
    int code = buffer.getInt();
    byte[] rest = new byte[buffer.remaining()];
    buffer.get(rest);
    if (code == OK) {
      return rest;
    }
    throw new SagittaException(errorCode(code), new String(rest, UTF_8));
  }

  private static ErrorCode errorCode(int code) {
    for (ErrorCode candidate : ErrorCode.values()) {
      if (candidate.code() == code) {
        return candidate;
      }
    }
    return ErrorCode.INTERNAL;
  }
}
