package dev.sagitta.bench.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.bench.data.JsonLines;
import dev.sagitta.bench.data.VectorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Software packages with their numbers, tags, texts and embeddings.
 *
 * @param base rows to store; a row's number is its key
 * @param baseVectors their embeddings
 * @param queries other packages, to search with
 * @param queryVectors their embeddings
 */
record PackageRows(
    List<JsonNode> base, float[][] baseVectors, List<JsonNode> queries, float[][] queryVectors) {
  private static final List<String> SCALARS =
      List.of("name", "section", "installed_kib", "size_bytes", "tags", "summary", "description");

  static PackageRows read(Path folder) throws IOException {
    return new PackageRows(
        JsonLines.read(folder.resolve("base.jsonl.gz")),
        VectorFile.floats(folder.resolve("base.fvecs")),
        JsonLines.read(folder.resolve("query.jsonl.gz")),
        VectorFile.floats(folder.resolve("query.fvecs")));
  }

  int size() {
    return base.size();
  }

  /** Writes a row's fields into the open object. */
  void write(JsonGenerator json, int row) throws IOException {
    json.writeNumberField("id", row);
    JsonNode line = base.get(row);
    for (String field : SCALARS) {
      json.writeFieldName(field);
      json.writeRawValue(line.path(field).toString());
    }
    json.writeFieldName("vector");
    JsonBody.writeVector(json, baseVectors[row]);
  }

  /** The row numbers by ascending {@code size_bytes}. */
  int[] bySize() {
    return IntStream.range(0, size())
        .boxed()
        .sorted(Comparator.comparingLong(this::sizeBytes))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  long sizeBytes(int row) {
    return base.get(row).path("size_bytes").asLong();
  }
}
