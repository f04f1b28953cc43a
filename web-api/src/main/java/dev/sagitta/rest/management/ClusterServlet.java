package dev.sagitta.rest.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.rest.json.Json;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code GET /management/cluster}: this node, the others, the leader, the vchannels it owns. */
@WebServlet(urlPatterns = {"/management/cluster", "/management/cluster/join"})
public class ClusterServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String JOIN_PATH = "/management/cluster/join";

  @Inject private transient Cluster cluster;
  @Inject private transient CatalogFollower catalog;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean join = request.getServletPath().equals(JOIN_PATH);
    byte[] body = join ? JoinSettings.ofThisNode(cluster).getBytes(UTF_8) : overview();
    response.setContentType(join ? "text/plain" : "application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private byte[] overview() throws IOException {
    CatalogSnapshot snapshot = catalog.current();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.factory().createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("nodeId", cluster.localNodeId());
      writeArray(json, "nodeIds", cluster.nodeIds());
      json.writeStringField("leaderNodeId", snapshot.leaderNodeId().orElse(""));
      json.writeNumberField("epoch", snapshot.epoch());
      json.writeNumberField("catalogVersion", snapshot.version());
      Optional<String> self = Optional.of(cluster.localNodeId());
      writeArray(
          json,
          "ownedVchannels",
          snapshot.vchannels().values().stream()
              .filter(vchannel -> vchannel.ownerNodeId().equals(self))
              .map(VchannelDescriptor::name)
              .sorted()
              .toList());
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  private static void writeArray(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
