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

/** Receives the log's records; {@link dev.sagitta.worker.data.DataWorker} does the work. */
@MessageDriven(
    name = "DataWorker",
    messageListenerInterface = WalListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "queue",
          propertyValue = "sagitta-dml_0,sagitta-dml_1,sagitta-dml_2,sagitta-dml_3"),
      @ActivationConfigProperty(propertyName = "maxSessions", propertyValue = "2"),
      @ActivationConfigProperty(propertyName = "maxUnacknowledged", propertyValue = "10000")
    })
@TransactionManagement(TransactionManagementType.BEAN)
public class DataWorkerBean implements WalListener {
  @EJB private WorkerStartup workers;

  @Override
  public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
    workers.node().dataWorker().onRecords(batch, delivery);
  }

  @Override
  public void onSessionEnded(WalDelivery delivery) {
    workers.node().dataWorker().onSessionEnded(delivery);
  }
}
