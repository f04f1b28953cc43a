package dev.sagitta.proxy.rank;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.rank.model.RerankModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Lets a model judge how well the text of each row answers the query. A null counts as an empty
 * text.
 *
 * @param fieldId text field
 * @param queries a text for each query of the search
 */
public record ModelRanker(long fieldId, List<String> queries, RerankModel model) implements Ranker {
  public ModelRanker {
    queries = List.copyOf(queries);
    requireNonNull(model, "model is null");
  }

  @Override
  public OptionalLong inputFieldId() {
    return OptionalLong.of(fieldId);
  }

  @Override
  public void validate(List<MetricType> metrics, int queryCount) {
    if (queries.size() != queryCount) {
      throw SagittaException.invalidParameter(
          "nq must equal to queries size, but got nq ["
              + queryCount
              + "], queries size ["
              + queries.size()
              + "], queries: "
              + queries);
    }
  }

  @Override
  public float[] scores(Candidates candidates, Deadline deadline) {
    StringColumn input = (StringColumn) candidates.input().orElseThrow();
    List<String> texts = new ArrayList<>(candidates.count());
    for (int i = 0; i < candidates.count(); i++) {
      int row = candidates.firstInputRow() + i;
      texts.add(input.isNull(row) ? "" : input.stringAt(row));
    }
    return model.scores(queries.get(candidates.query()), texts, deadline);
  }
}
