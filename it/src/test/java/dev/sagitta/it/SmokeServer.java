package dev.sagitta.it;

import java.nio.file.Path;
import java.util.Map;

/** A server of any kind that the smoke test can start, stop and talk to. */
interface SmokeServer {
  void start() throws Exception;

  void stop() throws Exception;

  RestClient client();

  /**
   * Whether a stopping server flushes. WildFly ends the deliveries before it stops anything else:
   * what is not flushed then stays in the log, and the next start replays it.
   */
  boolean flushesWhenStopped();

  /** Payara Micro, by the launcher. */
  static SmokeServer micro(Path data) throws Exception {
    Server server = Server.prepare(data, Map.of());
    return new SmokeServer() {
      @Override
      public void start() throws Exception {
        server.up();
      }

      @Override
      public void stop() throws Exception {
        server.down();
      }

      @Override
      public RestClient client() {
        return server.client();
      }

      @Override
      public boolean flushesWhenStopped() {
        return true;
      }
    };
  }
}
