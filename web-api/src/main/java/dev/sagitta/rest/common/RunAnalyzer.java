package dev.sagitta.rest.common;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.text.MultiAnalyzer;
import dev.sagitta.engine.text.TextAnalyzer;
import dev.sagitta.engine.text.TextAnalyzers;
import dev.sagitta.engine.text.Token;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code /common/run_analyzer}: the tokens of texts, by given parameters or those of a field. */
final class RunAnalyzer implements Endpoint {
  private static final int TEXTS_MAXIMUM = 1024;

  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    List<String> texts = texts(body);
    List<TextAnalyzer> analyzers = analyzers(context, body, texts.size());
    boolean withDetail = body.flag("withDetail", false);
    boolean withHash = body.flag("withHash", false);
    out.writeObjectFieldStart("data");
    out.writeArrayFieldStart("results");
    for (int i = 0; i < texts.size(); i++) {
      out.writeStartObject();
      out.writeArrayFieldStart("tokens");
      for (Token token : analyzers.get(i).tokens(texts.get(i))) {
        write(token, withDetail, withHash, out);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static List<String> texts(RequestBody body) {
    JsonNode node = body.value("text").orElseThrow(() -> JsonErrors.missing("text"));
    List<String> texts =
        node.isTextual() ? List.of(node.textValue()) : RequestBody.textsOf("text", node);
    if (texts.isEmpty()) {
      throw JsonErrors.missing("text");
    }
    if (texts.size() > TEXTS_MAXIMUM) {
      throw SagittaException.invalidParameter(
          "too many texts: key=text count=" + texts.size() + " maximum=" + TEXTS_MAXIMUM);
    }
    return texts;
  }

  /** The analyzer of each text. */
  private static List<TextAnalyzer> analyzers(RequestContext context, RequestBody body, int count) {
    Optional<JsonNode> parameters = body.value("analyzerParams");
    if (body.text("collectionName").filter(name -> !name.isEmpty()).isEmpty()) {
      return Collections.nCopies(
          count, TextAnalyzers.of(parameters.map(RequestBody::parameterText).orElse("")));
    }
    if (parameters.isPresent()) {
      throw SagittaException.invalidParameter(
          "only one of analyzerParams and collectionName can be given:"
              + " keys=analyzerParams, collectionName");
    }
    String name = body.requiredText("fieldName");
    FieldSchema field =
        context
            .collection(body)
            .schema()
            .field(name)
            .orElseThrow(
                () -> SagittaException.invalidParameter("field not found: fieldName=" + name));
    if (!field.analyzed()) {
      throw SagittaException.invalidParameter(
          "can't run analyzer on a field without enable_analyzer: fieldName=" + name);
    }
    Optional<MultiAnalyzer> several = field.multiAnalyzer();
    if (several.isEmpty()) {
      return Collections.nCopies(count, TextAnalyzers.of(field.analyzerParameters()));
    }
    List<String> names = body.texts("analyzerNames");
    if (names.isEmpty()) {
      return Collections.nCopies(count, several.get().get(MultiAnalyzer.DEFAULT));
    }
    if (names.size() != 1 && names.size() != count) {
      throw SagittaException.invalidParameter(
          "one analyzer name or one for each text is needed: key=analyzerNames names="
              + names.size()
              + " texts="
              + count);
    }
    return IntStream.range(0, count)
        .mapToObj(i -> several.get().get(names.get(names.size() == 1 ? 0 : i)))
        .toList();
  }

  private static void write(Token token, boolean withDetail, boolean withHash, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("token", token.text());
    if (withDetail) {
      out.writeNumberField("startOffset", token.startOffset());
      out.writeNumberField("endOffset", token.endOffset());
      out.writeNumberField("position", token.position());
      out.writeNumberField("positionLength", token.positionLength());
    }
    if (withHash) {
      out.writeNumberField("hash", Integer.toUnsignedLong(token.termId()));
    }
    out.writeEndObject();
  }
}
