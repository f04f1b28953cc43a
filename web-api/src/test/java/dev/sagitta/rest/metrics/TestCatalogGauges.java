package dev.sagitta.rest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.metrics.PrometheusText;
import dev.sagitta.rest.RestHarness;
import org.junit.jupiter.api.Test;

/** Metrics of requests and of the catalog have Milvus's names and the right values. */
final class TestCatalogGauges {
  @Test
  void showsRequestsAndCatalog() {
    RestHarness rest = new RestHarness();
    CatalogGauges.register(rest.metrics, rest.catalog, 1024);
    rest.ok("/collections/create", "{\"collectionName\": \"a\", \"dimension\": 2}");
    rest.ok(
        "/entities/insert",
        "{\"collectionName\": \"a\", \"data\": [{\"id\": 1, \"vector\": [1, 2]}]}");
    rest.ok("/entities/search", "{\"collectionName\": \"a\", \"data\": [[1, 2], [3, 4]]}");
    JsonNode refused = rest.post("/entities/search", "{\"collectionName\": \"b\"}");

    String text = PrometheusText.of(rest.metrics);

    assertThat(refused.get("code").intValue()).isEqualTo(100);
    assertThat(text)
        .contains("milvus_rootcoord_collection_num 1\n")
        .contains("milvus_datacoord_segment_num{segment_state=\"Growing\"} 0\n")
        .contains("milvus_proxy_insert_vectors_count 1\n")
        .contains("milvus_proxy_search_vectors_count 2\n")
        .contains("milvus_proxy_sq_latency_count{query_type=\"search\"} 1\n")
        .contains(
            "milvus_proxy_req_count{collection_name=\"a\",db_name=\"default\","
                + "function_name=\"Search\",status=\"success\"} 1\n")
        .contains("function_name=\"Search\",status=\"rejected\"} 1\n");
  }
}
