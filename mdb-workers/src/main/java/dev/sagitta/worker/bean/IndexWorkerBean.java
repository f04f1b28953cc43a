package dev.sagitta.worker.bean;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.List;

/** Receives tasks to build indexes; {@link dev.sagitta.worker.index.IndexWorker} does the work. */
@MessageDriven(
    name = "IndexWorker",
    messageListenerInterface = WalListener.class,
    activationConfig = {
      @ActivationConfigProperty(propertyName = "queue", propertyValue = "sagitta-index-builds"),
      @ActivationConfigProperty(propertyName = "maxSessions", propertyValue = "1"),
      @ActivationConfigProperty(propertyName = "maxUnacknowledged", propertyValue = "1")
    })
@TransactionManagement(TransactionManagementType.BEAN)
public class IndexWorkerBean implements WalListener {
  @EJB private WorkerStartup workers;

  @Override
  public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
    workers.node().indexWorker().onRecords(batch, delivery);
  }

  @Override
  public void onSessionEnded(WalDelivery delivery) {
    workers.node().indexWorker().onSessionEnded(delivery);
  }
}
