package dev.sagitta.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every malformed request gets the documented code and a message that names the culprit. */
final class TestMalformedRequests {
  private static final MalformedRequests REQUESTS = MalformedRequests.load();
  private static final RestHarness HARNESS = new RestHarness();

  @BeforeAll
  static void setUp() {
    for (MalformedRequests.Setup setup : REQUESTS.setup()) {
      JsonNode answer = RestHarness.parse(HARNESS.send(setup.path(), setup.body(), Map.of()));
      assertThat(answer.path("code").asInt(-1)).as("%s: %s", setup.path(), answer).isZero();
    }
  }

  static Stream<MalformedRequests.Case> cases() {
    return REQUESTS.cases().stream().filter(request -> !request.needsServer());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isRefused(MalformedRequests.Case request) {
    RestAnswer answer = HARNESS.send(request.path(), request.body(), request.headers());

    JsonNode json = RestHarness.parse(answer);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json.get("code").intValue()).as("%s", json).isEqualTo(request.code());
    assertThat(json.get("message").textValue()).contains(request.fragments());
    assertThat(json.get("message").textValue().length()).isLessThan(1000);
    assertThat(json.has("data")).isFalse();
  }

  @Test
  void tableIsLargeAndItsNamesAreDistinct() {
    Set<String> names = new HashSet<>();
    REQUESTS.cases().forEach(request -> assertThat(names.add(request.name())).isTrue());

    assertThat(REQUESTS.cases()).hasSizeGreaterThan(200);
  }

  @Test
  void budgetOfBodiesIsGivenBack() {
    cases().forEach(request -> HARNESS.send(request.path(), request.body(), request.headers()));

    assertThat(HARNESS.inflight.reserved()).isZero();
  }
}
