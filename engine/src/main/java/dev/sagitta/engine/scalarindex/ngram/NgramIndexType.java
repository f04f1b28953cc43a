package dev.sagitta.engine.scalarindex.ngram;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.json.JsonSteps;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarIndexType;
import dev.sagitta.engine.scalarindex.build.IndexBuild;
import dev.sagitta.engine.scalarindex.build.KeySource;
import dev.sagitta.engine.scalarindex.build.ScalarIndexBuilder;
import dev.sagitta.engine.scalarindex.file.RowLayout;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import dev.sagitta.engine.scalarindex.json.JsonCast;
import dev.sagitta.engine.scalarindex.json.JsonIndexParameters;
import dev.sagitta.engine.scalarindex.json.JsonIndexes;
import dev.sagitta.engine.scalarindex.keyed.KeyedIndexType;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** NGRAM: strings of VarChar fields and of JSON paths by runs of characters. */
public final class NgramIndexType implements ScalarIndexType {
  public static final String NAME = "NGRAM";

  private static final String MINIMUM = "min_gram";
  private static final String MAXIMUM = "max_gram";

  /** Longer runs tell little more than several of these, and would make the index larger. */
  private static final int LONGEST_USEFUL = 8;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> validate(FieldSchema field, Map<String, String> parameters) {
    if (field.type() != DataType.VARCHAR && field.type() != DataType.JSON) {
      throw SagittaException.invalidParameter(
          "Ngram index can only be created on VARCHAR or JSON field: field="
              + field.name()
              + " type="
              + field.type().milvusName());
    }
    if (field.type() == DataType.JSON
        && JsonIndexParameters.of(field, parameters).cast() != JsonCast.VARCHAR) {
      throw SagittaException.invalidParameter(
          "Ngram index on a JSON field needs json_cast_type VARCHAR: json_cast_type="
              + parameters.get(JsonIndexParameters.CAST_TYPE));
    }
    if (!parameters.containsKey(MINIMUM) || !parameters.containsKey(MAXIMUM)) {
      throw SagittaException.invalidParameter(
          "Ngram index must specify both min_gram and max_gram: field=" + field.name());
    }
    int minimum = IndexParameters.integer(parameters, MINIMUM, 0, 1, Integer.MAX_VALUE);
    int maximum = IndexParameters.integer(parameters, MAXIMUM, 0, minimum, Integer.MAX_VALUE);
    Map<String, String> complete = new HashMap<>(parameters);
    complete.put(MINIMUM, Integer.toString(minimum));
    complete.put(MAXIMUM, Integer.toString(maximum));
    return complete;
  }

  @Override
  public void build(
      FieldSchema field,
      Map<String, String> parameters,
      Column column,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException {
    int minimum = Integer.parseInt(parameters.get(MINIMUM));
    int maximum =
        Math.min(Integer.parseInt(parameters.get(MAXIMUM)), Math.max(minimum, LONGEST_USEFUL));
    IndexBuild build = new IndexBuild(NAME, field, column.rowCount(), identity, progress, target);
    if (column instanceof JsonColumn documents) {
      JsonIndexParameters json = JsonIndexParameters.of(field, parameters);
      builder(build, JsonIndexes.stringsOf(documents, json), minimum, maximum)
          .ofPath(JsonSteps.encode(json.path(), 0), json.cast().code())
          .write();
    } else {
      builder(build, KeyedIndexType.keysOf(column), minimum, maximum).write();
    }
  }

  private static ScalarIndexBuilder builder(
      IndexBuild build, KeySource strings, int minimum, int maximum) {
    return new ScalarIndexBuilder(
            build, new GramKeys(strings, minimum, maximum), _ -> RowLayout.LISTS)
        .ofGrams(minimum, maximum);
  }

  @Override
  public ScalarIndex open(MemorySegment file, int rowCount, IndexFileIdentity expected) {
    ScalarIndexFile opened = ScalarIndexFile.open(file, NAME, rowCount, expected);
    if (opened.description().minimumGram() < 1
        || opened.description().maximumGram() < opened.description().minimumGram()) {
      throw opened.corrupt("shortest run of at least", 1, opened.description().minimumGram());
    }
    return new NgramIndex(opened, opened.path().map(JsonSteps::decode));
  }
}
