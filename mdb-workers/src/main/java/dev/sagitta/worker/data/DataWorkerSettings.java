package dev.sagitta.worker.data;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.SagittaConfiguration;
import java.time.Duration;

/**
 * When to flush and when to seal.
 *
 * @param insertBufferBytes unflushed bytes of a vchannel that start a flush
 * @param blockingBufferBytes unflushed bytes of a vchannel at which its session takes no more
 *     records until a flush ends
 * @param sessionBufferBytes unflushed bytes of all vchannels of a session that start a flush of the
 *     largest
 * @param sessionRecords unacknowledged records of a session that start a flush; well below what the
 *     log lets a session hold
 * @param syncPeriod age of the oldest unflushed record that starts a flush
 * @param sealBytes size at which a growing segment is sealed
 * @param idleTime time without new rows after which a growing segment is sealed
 */
public record DataWorkerSettings(
    long insertBufferBytes,
    long blockingBufferBytes,
    long sessionBufferBytes,
    int sessionRecords,
    Duration syncPeriod,
    long sealBytes,
    Duration idleTime) {
  private static final int BLOCKING_BUFFERS = 4;
  private static final int SESSION_RECORDS = 4000;

  public DataWorkerSettings {
    requireNonNull(syncPeriod, "syncPeriod is null");
    requireNonNull(idleTime, "idleTime is null");
    if (insertBufferBytes < 1 || blockingBufferBytes < insertBufferBytes || sessionRecords < 1) {
      throw new IllegalArgumentException(
          "bad flush limits: insertBufferBytes="
              + insertBufferBytes
              + " blockingBufferBytes="
              + blockingBufferBytes
              + " sessionRecords="
              + sessionRecords);
    }
  }

  public static DataWorkerSettings of(Configuration configuration) {
    long insertBufferBytes = configuration.get(SagittaConfiguration.INSERT_BUFFER_BYTES);
    double sealBytes =
        configuration.get(SagittaConfiguration.SEGMENT_MAXIMUM_BYTES)
            * configuration.get(SagittaConfiguration.SEGMENT_SEAL_PROPORTION);
    return new DataWorkerSettings(
        insertBufferBytes,
        BLOCKING_BUFFERS * insertBufferBytes,
        BLOCKING_BUFFERS * insertBufferBytes,
        SESSION_RECORDS,
        configuration.get(SagittaConfiguration.SYNC_PERIOD),
        Math.max(1, (long) sealBytes),
        configuration.get(SagittaConfiguration.SEGMENT_MAXIMUM_IDLE_TIME));
  }
}
