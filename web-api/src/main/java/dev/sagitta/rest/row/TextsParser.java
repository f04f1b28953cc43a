package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.JsonRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The texts of a search: an array of strings. */
final class TextsParser {
  private TextsParser() {}

  /** Whether the value is an array whose first element is a string. */
  static boolean holdsTexts(JsonRange data) {
    try (JsonParser parser = data.parser()) {
      return parser.nextToken() == JsonToken.START_ARRAY
          && parser.nextToken() == JsonToken.VALUE_STRING;
    } catch (IOException e) {
      throw JsonErrors.malformed(e);
    }
  }

  static List<String> parse(JsonRange data, int maximumCount) {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = data.parser()) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
          throw JsonErrors.wrongType("data", "an array of strings", parser.getText());
        }
        if (texts.size() == maximumCount) {
          throw VectorsParser.tooMany(maximumCount);
        }
        texts.add(parser.getText());
      }
    } catch (IOException e) {
      throw JsonErrors.malformed(e);
    }
    return texts;
  }
}
