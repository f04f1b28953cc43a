package dev.sagitta.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** s3proxy as a process of its own, so that it can be killed and started again. */
final class ObjectStoreServer implements AutoCloseable {
  static final String BUCKET = "sagitta-test";
  private static final String ACCESS_KEY = "local-identity";
  private static final String SECRET_KEY = "local-credential";

  private final Path directory;
  private final int port;
  private Process process;

  private ObjectStoreServer(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  static ObjectStoreServer start(Path directory) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    // The file-system provider keeps a bucket as a folder.
    Files.createDirectories(directory.resolve("objects").resolve(BUCKET));
    ObjectStoreServer server = new ObjectStoreServer(directory, port);
    server.run();
    return server;
  }

  void run() throws Exception {
    Path properties = directory.resolve("s3proxy.properties");
    Files.writeString(
        properties,
        String.join(
            "\n",
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + ACCESS_KEY,
            "s3proxy.credential=" + SECRET_KEY,
            "jclouds.provider=filesystem",
            "jclouds.filesystem.basedir=" + directory.resolve("objects"),
            "jclouds.identity=x",
            "jclouds.credential=x",
            ""));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-DLOG_LEVEL=WARN",
                "-cp",
                System.getProperty("java.class.path"),
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("s3proxy.log").toFile())
            .start();
    Await.until("s3proxy answers", Duration.ofSeconds(60), this::answers);
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void killNine() throws InterruptedException {
    process.destroyForcibly();
    try {
      process.onExit().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("s3proxy did not die", e);
    }
  }

  /** Settings that make a server keep its objects here. */
  Map<String, String> settings() {
    return Map.of(
        "sagitta.object-store.kind",
        "s3",
        "sagitta.object-store.s3.endpoint",
        "http://127.0.0.1:" + port,
        "sagitta.object-store.s3.region",
        "us-east-1",
        "sagitta.object-store.s3.bucket",
        BUCKET,
        "sagitta.object-store.s3.path-style",
        "true",
        "sagitta.object-store.s3.access-key",
        ACCESS_KEY,
        "sagitta.object-store.s3.secret-key",
        SECRET_KEY);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
