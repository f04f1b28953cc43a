package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.SearchIteration;
import dev.sagitta.proxy.SearchOutcome;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.highlight.SearchHighlighter;
import dev.sagitta.rest.row.OutputFields;
import dev.sagitta.rest.row.RowsWriter;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;

/** Writes hits: a flat array over all queries, and how many hits each query has. */
final class SearchAnswer {
  private SearchAnswer() {}

  static void write(
      RequestContext context,
      JsonGenerator out,
      FieldSchema primaryKey,
      OutputFields output,
      ZoneId zone,
      SearchOutcome outcome,
      Optional<SearchHighlighter> highlighter)
      throws IOException {
    out.writeNumberField("cost", 0);
    out.writeArrayFieldStart("data");
    RowsWriter writer =
        new RowsWriter(out, context.int64AsNumber(), zone, output, outcome.fields());
    int query = 0;
    int endOfQuery = outcome.hitCounts()[0];
    for (int hit = 0; hit < outcome.scores().length; hit++) {
      while (hit == endOfQuery) {
        endOfQuery += outcome.hitCounts()[++query];
      }
      out.writeStartObject();
      out.writeNumberField("distance", outcome.scores()[hit]);
      out.writeFieldName(primaryKey.name());
      KeysWriter.write(out, outcome.keys(), hit, context.int64AsNumber());
      writer.writeFields(hit);
      if (highlighter.isPresent()) {
        highlighter.get().write(out, outcome.fields(), query, hit);
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeFieldName("topks");
    out.writeArray(outcome.hitCounts(), 0, outcome.hitCounts().length);
    if (outcome.position().isPresent()) {
      writePosition(out, outcome.position().get());
    }
  }

  private static void writePosition(JsonGenerator out, SearchIteration.Position position)
      throws IOException {
    out.writeObjectFieldStart("search_iterator_v2_results");
    out.writeStringField("token", position.token());
    out.writeNumberField("last_bound", position.lastBound());
    out.writeEndObject();
    out.writeNumberField("session_ts", position.readTimestamp());
  }
}
