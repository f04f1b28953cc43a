package dev.sagitta.it;

import java.nio.file.Path;
import java.util.Map;

/** A server of any kind that the smoke test can start, stop and talk to. */
interface SmokeServer {
  void start() throws Exception;

  void stop() throws Exception;

  RestClient client();

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
    };
  }
}
