package dev.sagitta.connector.wal.ra;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The adapter's properties as containers set them. Each is the last resort for a setting that is
 * looked up by name as system property and environment variable first; {@code ra.xml} describes
 * them.
 */
public abstract class WalResourceAdapterProperties {
  private final Map<String, String> values = new ConcurrentHashMap<>();

  /** By setting name. */
  Map<String, String> values() {
    return Map.copyOf(values);
  }

  private String get(String name) {
    return values.get(name);
  }

  private void set(String name, String value) {
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
  }

  public String getBroker() {
    return get("sagitta.wal.broker");
  }

  public void setBroker(String broker) {
    set("sagitta.wal.broker", broker);
  }

  public String getDirectory() {
    return get("sagitta.wal.directory");
  }

  public void setDirectory(String directory) {
    set("sagitta.wal.directory", directory);
  }

  public String getAcceptor() {
    return get("sagitta.wal.acceptor");
  }

  public void setAcceptor(String acceptor) {
    set("sagitta.wal.acceptor", acceptor);
  }

  public String getUrl() {
    return get("sagitta.wal.url");
  }

  public void setUrl(String url) {
    set("sagitta.wal.url", url);
  }

  public String getUser() {
    return get("sagitta.wal.user");
  }

  public void setUser(String user) {
    set("sagitta.wal.user", user);
  }

  public String getPassword() {
    return get("sagitta.wal.password");
  }

  public void setPassword(String password) {
    set("sagitta.wal.password", password);
  }

  public String getTlsEnabled() {
    return get("sagitta.wal.tls.enabled");
  }

  public void setTlsEnabled(String tlsEnabled) {
    set("sagitta.wal.tls.enabled", tlsEnabled);
  }

  public String getTlsTrustStore() {
    return get("sagitta.wal.tls.trust-store");
  }

  public void setTlsTrustStore(String tlsTrustStore) {
    set("sagitta.wal.tls.trust-store", tlsTrustStore);
  }

  public String getTlsTrustStorePassword() {
    return get("sagitta.wal.tls.trust-store-password");
  }

  public void setTlsTrustStorePassword(String tlsTrustStorePassword) {
    set("sagitta.wal.tls.trust-store-password", tlsTrustStorePassword);
  }

  public String getTlsKeyStore() {
    return get("sagitta.wal.tls.key-store");
  }

  public void setTlsKeyStore(String tlsKeyStore) {
    set("sagitta.wal.tls.key-store", tlsKeyStore);
  }

  public String getTlsKeyStorePassword() {
    return get("sagitta.wal.tls.key-store-password");
  }

  public void setTlsKeyStorePassword(String tlsKeyStorePassword) {
    set("sagitta.wal.tls.key-store-password", tlsKeyStorePassword);
  }

  public String getPchannels() {
    return get("sagitta.wal.pchannels");
  }

  public void setPchannels(String pchannels) {
    set("sagitta.wal.pchannels", pchannels);
  }

  public String getMaxBytes() {
    return get("sagitta.wal.max-bytes");
  }

  public void setMaxBytes(String maxBytes) {
    set("sagitta.wal.max-bytes", maxBytes);
  }

  public String getAdmissionBytes() {
    return get("sagitta.wal.admission-bytes");
  }

  public void setAdmissionBytes(String admissionBytes) {
    set("sagitta.wal.admission-bytes", admissionBytes);
  }

  public String getAppendTimeout() {
    return get("sagitta.wal.append-timeout");
  }

  public void setAppendTimeout(String appendTimeout) {
    set("sagitta.wal.append-timeout", appendTimeout);
  }

  public String getConnectionTtl() {
    return get("sagitta.wal.connection-ttl");
  }

  public void setConnectionTtl(String connectionTtl) {
    set("sagitta.wal.connection-ttl", connectionTtl);
  }
}
