package dev.sagitta.connector.wal.broker;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;

/**
 * TLS between processes and the broker.
 *
 * @param trustStore what a client trusts; the JDK's certificates if absent
 * @param keyStore the acceptor's own certificate; needed by the process that runs the broker
 */
public record TlsSettings(Optional<Store> trustStore, Optional<Store> keyStore) {
  public TlsSettings {
    requireNonNull(trustStore, "trustStore is null");
    requireNonNull(keyStore, "keyStore is null");
  }

  /** A PKCS12 file with its password. */
  public record Store(String path, String password) {
    public Store {
      requireNonNull(path, "path is null");
      requireNonNull(password, "password is null");
    }

    /** Without the password. */
    @Override
    public String toString() {
      return path;
    }
  }

  /** Parameters of a connector or acceptor. */
  Map<String, Object> transportParameters() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
    trustStore.ifPresent(
        store -> {
          parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
          parameters.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, store.path());
          parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, store.password());
        });
    keyStore.ifPresent(
        store -> {
          parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
          parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, store.path());
          parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, store.password());
        });
    return parameters;
  }
}
