package dev.sagitta.connector.objectstore.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A program that writes objects for ever and prints each key when its write is acknowledged. */
final class WriterProcess {
  private WriterProcess() {}

  public static void main(String[] arguments) {
    try (LocalObjectStore store = new LocalObjectStore(Path.of(arguments[0]))) {
      for (int i = 0; ; i++) {
        String key = "killed/" + (i % 7) + "/" + i;
        ByteBuffer content = ByteBuffer.wrap(contentOf(key));
        if (i % 2 == 0) {
          store.put(key, content);
        } else if (!store.putIfAbsent(key, content)) {
          throw new IllegalStateException("object exists: key=" + key);
        }
        System.out.println(key);
      }
    }
  }

  static byte[] contentOf(String key) {
    return (key + "|").repeat(2_000).getBytes(UTF_8);
  }
}
