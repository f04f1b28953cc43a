package dev.sagitta.connector.objectstore.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** s3proxy over a directory, on a free port of this machine. */
final class S3ProxyServer {
  static final String IDENTITY = "test-identity";
  static final String CREDENTIAL = "test-credential";

  private final S3Proxy server;

  S3ProxyServer(Path directory) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jclouds.provider", "filesystem");
    properties.setProperty("jclouds.filesystem.basedir", directory.toString());
    properties.setProperty("jclouds.identity", "x");
    properties.setProperty("jclouds.credential", "x");
    BlobStore blobStore = BlobStores.create("filesystem", properties);
    server =
        S3Proxy.builder()
            .blobStore(blobStore)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, IDENTITY, CREDENTIAL)
            .build();
    server.start();
  }

  int port() {
    return server.getPort();
  }

  void stop() throws Exception {
    server.stop();
  }
}
