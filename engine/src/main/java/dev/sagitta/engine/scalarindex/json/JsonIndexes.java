package dev.sagitta.engine.scalarindex.json;

import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonSteps;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.build.IndexBuild;
import dev.sagitta.engine.scalarindex.build.KeySource;
import dev.sagitta.engine.scalarindex.build.ScalarIndexBuilder;
import dev.sagitta.engine.scalarindex.file.RowLayout;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** Builds and opens indexes of JSON fields. */
public final class JsonIndexes {
  private JsonIndexes() {}

  /** Builds an index of the column with parameters that were checked before. */
  public static void build(IndexBuild build, Map<String, String> parameters, JsonColumn column)
      throws IOException {
    JsonIndexParameters json = JsonIndexParameters.of(build.field(), parameters);
    new ScalarIndexBuilder(
            build,
            json.cast() == JsonCast.JSON
                ? new TreeKeys(column, json.path())
                : new PathKeys(column, json),
            _ -> RowLayout.LISTS)
        .ofPath(JsonSteps.encode(json.path(), 0), json.cast().code())
        .write();
  }

  /** Keys that are the strings at the parameters' path. */
  public static KeySource stringsOf(JsonColumn column, JsonIndexParameters parameters) {
    return new PathKeys(column, parameters);
  }

  /** Opens an index of a file that has a path. */
  public static ScalarIndex open(ScalarIndexFile file, MemorySegment encodedPath) {
    JsonPath path = JsonSteps.decode(encodedPath);
    int code = file.description().jsonCast();
    JsonCast cast =
        JsonCast.fromCode(code).orElseThrow(() -> file.corrupt("type of values", 1, code));
    return cast == JsonCast.JSON
        ? new JsonTreeIndex(file, path)
        : new JsonPathIndex(file, path, cast);
  }
}
