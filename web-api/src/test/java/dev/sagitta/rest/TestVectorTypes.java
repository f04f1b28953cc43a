package dev.sagitta.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.FloatVectors;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.proxy.SearchTarget;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of every type go in as JSON, are searched for, and come back in Milvus's form. */
final class TestVectorTypes {
  private static final String CREATE =
      """
      {"collectionName": "vectors",
       "schema": {"fields": [
        {"fieldName": "id", "dataType": "Int64", "isPrimary": true},
        {"fieldName": "half", "dataType": "Float16Vector", "elementTypeParams": {"dim": 2}},
        {"fieldName": "brain", "dataType": "BFloat16Vector", "elementTypeParams": {"dim": 2}},
        {"fieldName": "tiny", "dataType": "Int8Vector", "elementTypeParams": {"dim": 3}},
        {"fieldName": "bits", "dataType": "BinaryVector", "elementTypeParams": {"dim": 16}},
        {"fieldName": "sparse", "dataType": "SparseFloatVector", "nullable": true}]}}
      """;
  private static final String ROW =
      """
      {"id": 1, "half": [1.5, -2], "brain": [1.5, -2], "tiny": [-128, 0, 127],
       "bits": "AP8=", "sparse": {"7": 0.5, "4294967294": 2, "1": 1}}
      """;

  private RestHarness rest;

  @BeforeEach
  void setUp() {
    rest = new RestHarness();
    rest.ok("/collections/create", CREATE);
  }

  private JsonNode insertAndQuery(String row) {
    rest.ok("/entities/insert", "{\"collectionName\": \"vectors\", \"data\": " + row + "}");
    return rest.ok("/entities/query", "{\"collectionName\": \"vectors\"}").at("/data/0");
  }

  private QueryVector queryOf(String field, String vector) {
    rest.ok(
        "/entities/search",
        "{\"collectionName\": \"vectors\", \"annsField\": \""
            + field
            + "\", \"data\": ["
            + vector
            + "]}");
    SearchTarget.Vectors target = (SearchTarget.Vectors) rest.rows.lastSearch().target();
    return QueryVector.ofRows(target.vectors()).getFirst();
  }

  @Test
  void showsEveryTypeAsMilvusDoes() {
    JsonNode row = insertAndQuery(ROW);

    assertThat(row.get("half").textValue())
        .isEqualTo(Base64.getEncoder().encodeToString(new byte[] {0, 0x3e, 0, (byte) 0xc0}));
    assertThat(row.get("brain").textValue())
        .isEqualTo(
            Base64.getEncoder().encodeToString(new byte[] {(byte) 0xc0, 0x3f, 0, (byte) 0xc0}));
    assertThat(row.get("tiny").toString()).isEqualTo("[-128,0,127]");
    assertThat(row.get("bits").textValue()).isEqualTo("AP8=");
    assertThat(row.get("sparse").toString()).isEqualTo("{\"1\":1.0,\"7\":0.5,\"4294967294\":2.0}");
  }

  @Test
  void takesTheOtherFormsToo() {
    JsonNode first = insertAndQuery(ROW);
    rest = new RestHarness();
    rest.ok("/collections/create", CREATE);

    JsonNode second =
        insertAndQuery(
            """
            {"id": 1, "half": "AD4AwA==", "brain": "wD8AwA==", "tiny": [-128.0, 0, 127],
             "bits": [0, 255],
             "sparse": {"values": [2, 0, 1, 0.5], "indices": [4294967294, 3, 1, "7"]}}
            """);

    assertThat(second).isEqualTo(first);
  }

  @Test
  void sparseVectorsMayBeEmptyOrNull() {
    assertThat(insertAndQuery(ROW.replaceFirst("\\{\"7.*}", "{}}")).get("sparse").size()).isZero();
    rest = new RestHarness();
    rest.ok("/collections/create", CREATE);

    assertThat(insertAndQuery(ROW.replaceFirst("\\{\"7.*}", "null}")).get("sparse").isNull())
        .isTrue();
  }

  @Test
  void searchesTakeTheFormsOfRows() {
    insertAndQuery(ROW);

    for (String half : List.of("[1.5, -2]", "\"AD4AwA==\"")) {
      assertThat(queryOf("half", half).dense().values()).containsExactly(1.5f, -2);
    }
    assertThat(queryOf("brain", "[1.5, -2]").dense().values()).containsExactly(1.5f, -2);
    assertThat(queryOf("tiny", "[1, 2, -3]").dense().values()).containsExactly(1, 2, -3);
    for (String bits : List.of("\"AP8=\"", "[0, 255]")) {
      QueryVector.Binary query = queryOf("bits", bits).binary();
      assertThat(Arrays.copyOfRange(query.bits(), query.offset(), query.offset() + 2))
          .containsExactly(0, 255);
    }
    QueryVector.Sparse sparse = queryOf("sparse", "{\"4294967294\": 2, \"1\": 1}").sparse();
    assertThat(sparse.indices()).containsExactly(1, -2);
    assertThat(sparse.values()).containsExactly(1, 2);
  }

  /** A query is rounded to the field's type, as Milvus does. */
  @Test
  void queriesAreRounded() {
    insertAndQuery(ROW);

    float rounded = queryOf("half", "[0.1, 0]").dense().values()[0];

    assertThat(rounded).isEqualTo(Float.float16ToFloat(Float.floatToFloat16(0.1f)));
    SearchTarget.Vectors target = (SearchTarget.Vectors) rest.rows.lastSearch().target();
    assertThat(target.vectors().type()).isEqualTo(DataType.FLOAT16_VECTOR);
    assertThat(((DenseVectorColumn) target.vectors()).vectorBytes()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          half   | [1]                           | dimension
          half   | [1, 1e6]                      | finite number of 16 bits
          half   | "AD4="                        | dimension
          half   | "AHwAwA=="                    | finite number
          half   | "%%%"                         | base64
          half   | {}                            | array of numbers
          brain  | [1, 3.4e38, 1]                | dimension
          brain  | [1, 3.4028235e38]             | finite number of 16 bits
          tiny   | [1, 2, 128]                   | integer in range [-128, 127]
          tiny   | [1, 2, 0.5]                   | integer in range [-128, 127]
          tiny   | "AAAA"                        | array of numbers
          bits   | "AA=="                        | dimension
          bits   | [1, 256]                      | integer in range [0, 255]
          bits   | [1, -1]                       | integer in range [0, 255]
          bits   | [1, 2, 3]                     | dimension
          bits   | 7                             | base64 text or an array of bytes
          sparse | {"-1": 1}                     | index in range [0, 4294967294]
          sparse | {"4294967295": 1}             | index in range [0, 4294967294]
          sparse | {"x": 1}                      | index in range [0, 4294967294]
          sparse | {"1": "a"}                    | finite number
          sparse | {"1": 1e39}                   | finite number
          sparse | {"indices":[1],"values":[]}   | as many indices as values
          sparse | {"indices":[1,1],"values":[1,2]} | index given once
          sparse | [1, 2]                        | object of indices and values
          """)
  void wrongVectorsAreRefused(String field, String vector, String message) {
    insertAndQuery(ROW);
    JsonNode inserted =
        rest.post(
            "/entities/insert",
            "{\"collectionName\": \"vectors\", \"data\": "
                + ROW.strip()
                    .replaceFirst("\\}$", ", \"" + field + "2\": 1}")
                    .replaceFirst(
                        "\"" + field + "\": (\"[^\"]*\"|\\[[^]]*]|\\{[^}]*})",
                        "\"" + field + "\": " + java.util.regex.Matcher.quoteReplacement(vector))
                    .replace(", \"" + field + "2\": 1", "")
                + "}");
    assertThat(inserted.get("code").intValue()).isEqualTo(1804);
    assertThat(inserted.get("message").textValue()).contains("field=" + field, message);
    JsonNode searched =
        rest.post(
            "/entities/search",
            "{\"collectionName\": \"vectors\", \"annsField\": \""
                + field
                + "\", \"data\": ["
                + vector
                + "]}");
    assertThat(searched.get("code").intValue()).isEqualTo(1801);
    assertThat(searched.get("message").textValue()).contains("field=" + field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Float16Vector     | {"dim": 1}      | invalid dimension: 1
          BFloat16Vector    | {"dim": 32769}  | invalid dimension: 32769
          Int8Vector        | {}              | dimension is not defined
          BinaryVector      | {"dim": 12}     | multiple of 8
          BinaryVector      | {"dim": 262152} | invalid dimension: 262152
          SparseFloatVector | {"dim": 8}      | dim should not be specified
          """)
  void dimensionsFollowTheType(String type, String parameters, String message) {
    JsonNode answer =
        rest.post(
            "/collections/create",
            "{\"collectionName\": \"other\", \"schema\": {\"fields\": ["
                + "{\"fieldName\": \"id\", \"dataType\": \"Int64\", \"isPrimary\": true},"
                + "{\"fieldName\": \"v\", \"dataType\": \""
                + type
                + "\", \"elementTypeParams\": "
                + parameters
                + "}]}}");

    assertThat(answer.get("code").intValue()).isEqualTo(1100);
    assertThat(answer.get("message").textValue()).contains(message, "v");
  }

  @ParameterizedTest
  @CsvSource({
    "half, HAMMING, float vector index does not support metric type",
    "brain, JACCARD, float vector index does not support metric type",
    "tiny, BM25, int8 vector index does not support metric type",
    "bits, L2, binary vector index does not support metric type",
    "sparse, COSINE, only IP&BM25 is the supported metric type for sparse index"
  })
  void metricsFollowTheType(String field, String metric, String message) {
    JsonNode answer =
        rest.post(
            "/indexes/create",
            "{\"collectionName\": \"vectors\", \"indexParams\": [{\"fieldName\": \""
                + field
                + "\", \"indexName\": \"i\", \"indexType\": \"FLAT\", \"metricType\": \""
                + metric
                + "\"}]}");

    assertThat(answer.get("code").intValue()).isEqualTo(1100);
    assertThat(answer.get("message").textValue()).contains(message, field, metric);
  }

  @Test
  void queriesOfFloatsAreNotCopied() {
    rest.ok(
        "/collections/create",
        "{\"collectionName\": \"floats\", \"dimension\": 3, \"metricType\": \"IP\"}");
    rest.ok(
        "/entities/insert",
        "{\"collectionName\": \"floats\", \"data\": {\"id\": 1, \"vector\": [1, 2, 3]}}");
    rest.ok(
        "/entities/search",
        "{\"collectionName\": \"floats\", \"data\": [[1, 2.5, -3], [4, 5, 6], [7, 8, 1e-3]]}");
    SearchTarget.Vectors target = (SearchTarget.Vectors) rest.rows.lastSearch().target();
    List<QueryVector> queries = QueryVector.ofRows(target.vectors());
    float[] values = queries.getFirst().dense().values();
    assertThat(Arrays.copyOf(values, 9)).containsExactly(1, 2.5f, -3, 4, 5, 6, 7, 8, 1e-3f);
    for (int query = 0; query < 3; query++) {
      assertThat(queries.get(query).dense().values()).isSameAs(values);
      assertThat(queries.get(query).dense().offset()).isEqualTo(3 * query);
    }
    assertThat(FloatVectors.of((DenseVectorColumn) target.vectors())).isSameAs(values);
  }
}
