package dev.sagitta.connector.wal.broker;

import static dev.sagitta.connector.wal.container.Entries.entry;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.container.AdapterProcess;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a broker in the directory given and appends numbered records to four vchannels until it is
 * killed. Each number is printed when its append is answered.
 */
public final class AppendingProcess {
  static final int WRITERS = 4;

  private AppendingProcess() {}

  /**
   * @param arguments the directory
   */
  public static void main(String[] arguments) throws Exception {
    AdapterProcess process = AdapterProcess.embedded(Path.of(arguments[0]));
    WalConnection connection = process.connect();
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      Thread.ofPlatform().start(() -> append(connection, number));
    }
  }

  /** Even and odd pchannel get the same record in one request. */
  private static void append(WalConnection connection, int writer) {
    for (int i = 0; true; i++) {
      String text = writer + ":" + i;
      connection
          .append(
              List.of(
                  entry(writer % 2, "v" + writer, text), entry(2 + writer % 2, "w" + writer, text)))
          .join();
      System.out.println("answered " + text);
    }
  }
}
