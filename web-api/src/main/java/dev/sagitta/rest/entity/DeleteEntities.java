package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.Optional;

/** {@code /entities/delete}. */
final class DeleteEntities implements Endpoint {
  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    Optional<String> partition = EntityRequests.partition(collection, body);
    FilterText filter = EntityRequests.filter(body);
    if (filter.expression().isEmpty()) {
      throw JsonErrors.missing("filter");
    }
    long count =
        context.services().writes().delete(collection, partition, filter, context.deadline());
    context.services().metrics().deleted(count);
    out.writeObjectFieldStart("data");
    out.writeNumberField("deleteCount", count);
    out.writeEndObject();
  }
}
