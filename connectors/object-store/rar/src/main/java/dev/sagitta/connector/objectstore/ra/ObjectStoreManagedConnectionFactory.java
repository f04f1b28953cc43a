package dev.sagitta.connector.objectstore.ra;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.ResourceAllocationException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;

/**
 * The settings of a pool of connections, as properties of the server. Each is overridden by the
 * system property {@code sagitta.object-store.<name>}, else by the environment variable of that
 * name; {@link SettingsReader} says how.
 */
public final class ObjectStoreManagedConnectionFactory
    implements ManagedConnectionFactory, ResourceAdapterAssociation {
  private static final long serialVersionUID = 1L;

  @ConfigProperty(
      type = String.class,
      defaultValue = "local",
      description = "Where objects lie: local (a directory) or s3 (a bucket).")
  private String kind = "local";

  @ConfigProperty(
      type = String.class,
      defaultValue = "data/objects",
      description = "Directory of the local store; several processes may share it.")
  private String localDirectory = "data/objects";

  @ConfigProperty(
      type = String.class,
      defaultValue = "",
      description = "URL of the S3 server; empty for Amazon's endpoint of the region.")
  private String s3Endpoint = "";

  @ConfigProperty(
      type = String.class,
      defaultValue = "us-east-1",
      description = "Region that requests are signed for.")
  private String s3Region = "us-east-1";

  @ConfigProperty(
      type = String.class,
      defaultValue = "sagitta",
      description = "Bucket; it must exist.")
  private String s3Bucket = "sagitta";

  @ConfigProperty(
      type = String.class,
      defaultValue = "",
      description = "Put before every key, so that stores can share a bucket.")
  private String s3Prefix = "";

  @ConfigProperty(
      type = String.class,
      defaultValue = "true",
      description = "Whether the bucket is named in the path and not in the host name.")
  private String s3PathStyle = "true";

  @ConfigProperty(
      type = String.class,
      defaultValue = "",
      description = "Access key; empty for the SDK's default chain of credentials.")
  private String s3AccessKey = "";

  @ConfigProperty(
      type = String.class,
      defaultValue = "",
      description = "Secret key that belongs to the access key.",
      confidential = true)
  private String s3SecretKey = "";

  @ConfigProperty(
      type = String.class,
      defaultValue = "30s",
      description = "Bound of one request with all its attempts.")
  private String s3RequestTimeout = "30s";

  @ConfigProperty(
      type = String.class,
      defaultValue = "10s",
      description = "Bound of one attempt of a request.")
  private String s3AttemptTimeout = "10s";

  @ConfigProperty(
      type = String.class,
      defaultValue = "4",
      description = "Attempts of a request, the first one included.")
  private String s3MaxAttempts = "4";

  @ConfigProperty(
      type = String.class,
      defaultValue = "8MiB",
      description = "Larger files are written and read in parts of this size; at least 5MiB.")
  private String s3PartSize = "8MiB";

  @ConfigProperty(
      type = String.class,
      defaultValue = "64",
      description = "Bound of the HTTP connections to the server.")
  private String s3MaxConnections = "64";

  private transient ResourceAdapter resourceAdapter;
  private transient PrintWriter logWriter;

  @Override
  public Object createConnectionFactory(ConnectionManager connectionManager) {
    return new ObjectStoreConnectionFactoryImpl(this, connectionManager);
  }

  @Override
  public Object createConnectionFactory() throws NotSupportedException {
    throw new NotSupportedException("needs the connection manager of a server");
  }

  @Override
  public ManagedConnection createManagedConnection(
      Subject subject, ConnectionRequestInfo information) throws ResourceException {
    if (!(resourceAdapter instanceof ObjectStoreResourceAdapter adapter)) {
      throw new ResourceAllocationException("no resource adapter: " + resourceAdapter);
    }
    try {
      return adapter.newPooledConnection(SettingsReader.ofProcess().read(this));
    } catch (IllegalArgumentException | ObjectStoreException e) {
      throw new ResourceAllocationException(e.getMessage(), e);
    }
  }

  /** A connection that belongs to no pool; empty while a pool has one, or without the adapter. */
  Optional<ObjectStore> unpooledConnection() {
    return resourceAdapter instanceof ObjectStoreResourceAdapter adapter
        ? adapter.unpooledConnection(SettingsReader.ofProcess().read(this))
        : Optional.empty();
  }

  // The specification's signature has a raw set.
  @Override
  @SuppressWarnings("rawtypes")
  public ManagedConnection matchManagedConnections(
      Set candidates, Subject subject, ConnectionRequestInfo information) {
    StoreSettings wanted = SettingsReader.ofProcess().read(this);
    for (Object candidate : candidates) {
      if (candidate instanceof ObjectStoreManagedConnection connection
          && connection.serves(wanted)) {
        return connection;
      }
    }
    return null;
  }

  @Override
  public ResourceAdapter getResourceAdapter() {
    return resourceAdapter;
  }

  @Override
  public void setResourceAdapter(ResourceAdapter resourceAdapter) {
    this.resourceAdapter = resourceAdapter;
  }

  @Override
  public void setLogWriter(PrintWriter writer) {
    this.logWriter = writer;
  }

  @Override
  public PrintWriter getLogWriter() {
    return logWriter;
  }

  public String getKind() {
    return kind;
  }

  public void setKind(String value) {
    this.kind = requireNonNull(value, "kind is null");
  }

  public String getLocalDirectory() {
    return localDirectory;
  }

  public void setLocalDirectory(String value) {
    this.localDirectory = requireNonNull(value, "localDirectory is null");
  }

  public String getS3Endpoint() {
    return s3Endpoint;
  }

  public void setS3Endpoint(String value) {
    this.s3Endpoint = requireNonNull(value, "s3Endpoint is null");
  }

  public String getS3Region() {
    return s3Region;
  }

  public void setS3Region(String value) {
    this.s3Region = requireNonNull(value, "s3Region is null");
  }

  public String getS3Bucket() {
    return s3Bucket;
  }

  public void setS3Bucket(String value) {
    this.s3Bucket = requireNonNull(value, "s3Bucket is null");
  }

  public String getS3Prefix() {
    return s3Prefix;
  }

  public void setS3Prefix(String value) {
    this.s3Prefix = requireNonNull(value, "s3Prefix is null");
  }

  public String getS3PathStyle() {
    return s3PathStyle;
  }

  public void setS3PathStyle(String value) {
    this.s3PathStyle = requireNonNull(value, "s3PathStyle is null");
  }

  public String getS3AccessKey() {
    return s3AccessKey;
  }

  public void setS3AccessKey(String value) {
    this.s3AccessKey = requireNonNull(value, "s3AccessKey is null");
  }

  public String getS3SecretKey() {
    return s3SecretKey;
  }

  public void setS3SecretKey(String value) {
    this.s3SecretKey = requireNonNull(value, "s3SecretKey is null");
  }

  public String getS3RequestTimeout() {
    return s3RequestTimeout;
  }

  public void setS3RequestTimeout(String value) {
    this.s3RequestTimeout = requireNonNull(value, "s3RequestTimeout is null");
  }

  public String getS3AttemptTimeout() {
    return s3AttemptTimeout;
  }

  public void setS3AttemptTimeout(String value) {
    this.s3AttemptTimeout = requireNonNull(value, "s3AttemptTimeout is null");
  }

  public String getS3MaxAttempts() {
    return s3MaxAttempts;
  }

  public void setS3MaxAttempts(String value) {
    this.s3MaxAttempts = requireNonNull(value, "s3MaxAttempts is null");
  }

  public String getS3PartSize() {
    return s3PartSize;
  }

  public void setS3PartSize(String value) {
    this.s3PartSize = requireNonNull(value, "s3PartSize is null");
  }

  public String getS3MaxConnections() {
    return s3MaxConnections;
  }

  public void setS3MaxConnections(String value) {
    this.s3MaxConnections = requireNonNull(value, "s3MaxConnections is null");
  }

  /** Pools are told apart by their settings. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectStoreManagedConnectionFactory that
        && settings().equals(that.settings());
  }

  @Override
  public int hashCode() {
    return settings().hashCode();
  }

  private List<String> settings() {
    return List.of(
        kind,
        localDirectory,
        s3Endpoint,
        s3Region,
        s3Bucket,
        s3Prefix,
        s3PathStyle,
        s3AccessKey,
        s3SecretKey,
        s3RequestTimeout,
        s3AttemptTimeout,
        s3MaxAttempts,
        s3PartSize,
        s3MaxConnections);
  }
}
