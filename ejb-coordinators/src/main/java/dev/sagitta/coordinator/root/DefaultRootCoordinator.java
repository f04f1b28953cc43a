package dev.sagitta.coordinator.root;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sagitta.coordinator.catalog.Catalog;
import dev.sagitta.coordinator.leader.LeaderCalls;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.catalog.CatalogJson;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends commands to the leader, which decides them by {@link Definitions} and commits. */
public final class DefaultRootCoordinator implements RootCoordinator {
  private static final String SERVICE = "root.define";
  private static final byte[] NO_ANSWER = {};

  private final Catalog catalog;
  private final TimestampOracle oracle;
  private final LeaderCalls leader;
  private final Definitions definitions;

  /**
   * @param pchannels the log's queues that new collections are spread over
   */
  public DefaultRootCoordinator(
      Catalog catalog,
      TimestampOracle oracle,
      LeaderCalls leader,
      Configuration configuration,
      List<String> pchannels) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.oracle = requireNonNull(oracle, "oracle is null");
    this.leader = requireNonNull(leader, "leader is null");
    this.definitions = new Definitions(DefinitionLimits.from(configuration), pchannels);
    leader.register(SERVICE, this::define);
  }

  @Override
  public void createDatabase(String name, Map<String, String> properties, Deadline deadline) {
    send(new DefinitionCommand.CreateDatabase(name, properties), deadline);
  }

  @Override
  public void dropDatabase(String name, Deadline deadline) {
    send(new DefinitionCommand.DropDatabase(name), deadline);
  }

  @Override
  public void alterDatabaseProperties(
      String name, Map<String, String> properties, Set<String> removedKeys, Deadline deadline) {
    send(new DefinitionCommand.AlterDatabase(name, properties, removedKeys), deadline);
  }

  @Override
  public void createCollection(CollectionCreation creation, Deadline deadline) {
    send(new DefinitionCommand.CreateCollection(creation), deadline);
  }

  @Override
  public void dropCollection(String database, String name, Deadline deadline) {
    send(new DefinitionCommand.DropCollection(database, name), deadline);
  }

  @Override
  public void renameCollection(
      String database,
      String name,
      String newName,
      Optional<String> newDatabase,
      Deadline deadline) {
    send(new DefinitionCommand.RenameCollection(database, name, newName, newDatabase), deadline);
  }

  @Override
  public void alterCollectionProperties(
      String database,
      String collection,
      Map<String, String> properties,
      Set<String> removedKeys,
      Deadline deadline) {
    send(
        new DefinitionCommand.AlterCollection(database, collection, properties, removedKeys),
        deadline);
  }

  @Override
  public void addField(String database, String collection, FieldSchema field, Deadline deadline) {
    send(new DefinitionCommand.AddField(database, collection, field), deadline);
  }

  @Override
  public void alterField(
      String database,
      String collection,
      String field,
      Map<String, String> parameters,
      Deadline deadline) {
    send(new DefinitionCommand.AlterField(database, collection, field, parameters), deadline);
  }

  @Override
  public void addFunction(
      String database, String collection, FunctionSchema function, Deadline deadline) {
    send(new DefinitionCommand.AddFunction(database, collection, function), deadline);
  }

  @Override
  public void alterFunction(
      String database, String collection, String name, FunctionSchema function, Deadline deadline) {
    send(new DefinitionCommand.AlterFunction(database, collection, name, function), deadline);
  }

  @Override
  public void dropFunction(String database, String collection, String name, Deadline deadline) {
    send(new DefinitionCommand.DropFunction(database, collection, name), deadline);
  }

  @Override
  public void truncateCollection(String database, String collection, Deadline deadline) {
    send(new DefinitionCommand.Truncate(database, collection), deadline);
  }

  @Override
  public void createPartition(
      String database, String collection, String partition, Deadline deadline) {
    send(new DefinitionCommand.CreatePartition(database, collection, partition), deadline);
  }

  @Override
  public void dropPartition(
      String database, String collection, String partition, Deadline deadline) {
    send(new DefinitionCommand.DropPartition(database, collection, partition), deadline);
  }

  @Override
  public void createAlias(String database, String collection, String alias, Deadline deadline) {
    send(new DefinitionCommand.SetAlias(database, collection, alias, false), deadline);
  }

  @Override
  public void alterAlias(String database, String collection, String alias, Deadline deadline) {
    send(new DefinitionCommand.SetAlias(database, collection, alias, true), deadline);
  }

  @Override
  public void dropAlias(String database, String alias, Deadline deadline) {
    send(new DefinitionCommand.DropAlias(database, alias), deadline);
  }

  @Override
  public void createIndex(IndexCreation creation, Deadline deadline) {
    send(new DefinitionCommand.CreateIndex(creation), deadline);
  }

  @Override
  public void dropIndex(String database, String collection, String indexName, Deadline deadline) {
    send(new DefinitionCommand.DropIndex(database, collection, indexName), deadline);
  }

  @Override
  public void alterIndexProperties(
      String database,
      String collection,
      String indexName,
      Map<String, String> properties,
      Set<String> removedKeys,
      Deadline deadline) {
    send(
        new DefinitionCommand.AlterIndex(database, collection, indexName, properties, removedKeys),
        deadline);
  }

  @Override
  public void load(String database, String collection, List<String> partitions, Deadline deadline) {
    send(new DefinitionCommand.ChangeLoad(database, collection, partitions, true), deadline);
  }

  @Override
  public void release(
      String database, String collection, List<String> partitions, Deadline deadline) {
    send(new DefinitionCommand.ChangeLoad(database, collection, partitions, false), deadline);
  }

  private void send(DefinitionCommand command, Deadline deadline) {
    try {
      var _ =
          leader.call(
              SERVICE,
              CatalogJson.mapper().writerFor(DefinitionCommand.class).writeValueAsBytes(command),
              deadline);
    } catch (JsonProcessingException e) {
      throw new SagittaException(
          ErrorCode.INTERNAL, "command cannot be encoded: command=" + command, e);
    }
  }

  /** At the leader: decides and commits. Carried out twice, a command finds its own effect. */
  private byte[] define(byte[] request, Deadline deadline) {
    DefinitionCommand command;
    try {
      command = CatalogJson.mapper().readValue(request, DefinitionCommand.class);
    } catch (IOException e) {
      throw new SagittaException(ErrorCode.INTERNAL, "command cannot be decoded", e);
    }
    long firstId = oracle.allocate(command.ids(), deadline);
    var _ =
        DeadlineWait.result(
            catalog.journal().commit(definitions.proposal(command, firstId)),
            deadline,
            "definition");
    return NO_ANSWER;
  }
}
