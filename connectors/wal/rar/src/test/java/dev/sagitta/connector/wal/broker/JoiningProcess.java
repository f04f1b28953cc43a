package dev.sagitta.connector.wal.broker;

import static dev.sagitta.connector.wal.container.Entries.pchannel;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.connector.wal.container.AdapterProcess;
import dev.sagitta.connector.wal.ra.WalResourceAdapter;
import java.util.List;

/** Joins a broker elsewhere, prints what it receives, and acknowledges nothing. */
public final class JoiningProcess {
  private JoiningProcess() {}

  /**
   * @param arguments the broker's URL
   */
  public static void main(String[] arguments) throws Exception {
    WalResourceAdapter adapter = new WalResourceAdapter();
    adapter.setBroker("remote");
    adapter.setUrl(arguments[0]);
    AdapterProcess process = AdapterProcess.start(adapter);
    var _ = process.activate(new Printer(), process.spec(pchannel(0), 1));
    System.out.println("joined");
    Thread.sleep(Long.MAX_VALUE);
  }

  private static final class Printer implements WalListener {
    @Override
    public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
      for (WalRecord record : batch) {
        System.out.println(
            "received " + record.vchannel() + " " + new String(record.body(), UTF_8));
      }
    }

    @Override
    public void onSessionEnded(WalDelivery delivery) {}
  }
}
