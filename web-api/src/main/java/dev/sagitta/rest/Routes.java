package dev.sagitta.rest;

import dev.sagitta.rest.alias.AliasEndpoints;
import dev.sagitta.rest.collection.CollectionEndpoints;
import dev.sagitta.rest.collection.FieldEndpoints;
import dev.sagitta.rest.collection.FunctionEndpoints;
import dev.sagitta.rest.common.CommonEndpoints;
import dev.sagitta.rest.database.DatabaseEndpoints;
import dev.sagitta.rest.entity.EntityEndpoints;
import dev.sagitta.rest.index.IndexEndpoints;
import dev.sagitta.rest.partition.PartitionEndpoints;
import java.util.List;
import java.util.stream.Stream;

/** All paths of the REST API. */
public final class Routes {
  private Routes() {}

  public static List<Route> all() {
    return Stream.of(
            CollectionEndpoints.routes(),
            FieldEndpoints.routes(),
            FunctionEndpoints.routes(),
            EntityEndpoints.routes(),
            IndexEndpoints.routes(),
            PartitionEndpoints.routes(),
            AliasEndpoints.routes(),
            DatabaseEndpoints.routes(),
            CommonEndpoints.routes())
        .flatMap(List::stream)
        .toList();
  }
}
