package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.NameRules;
import java.util.List;

/** Rules for databases. */
final class DatabaseDefinitions {
  private final DefinitionLimits limits;

  DatabaseDefinitions(DefinitionLimits limits) {
    this.limits = limits;
  }

  List<CatalogChange> create(
      CatalogSnapshot snapshot, DefinitionCommand.CreateDatabase command, FreshIds ids) {
    NameRules.checkDatabaseName(command.name(), limits.nameLength());
    DatabaseProperties.check(command.properties());
    if (snapshot.database(command.name()).isPresent()) {
      throw new SagittaException(ErrorCode.UNEXPECTED, "database already exist: " + command.name());
    }
    if (snapshot.databases().size() >= limits.databases()) {
      throw new SagittaException(
          ErrorCode.DATABASE_LIMIT_EXCEEDED,
          "exceeded the limit number of database[limit=" + limits.databases() + "]");
    }
    return List.of(
        new CatalogChange.DatabaseCreated(
            new DatabaseDescriptor(
                ids.next(), command.name(), ids.timestamp(), command.properties())));
  }

  List<CatalogChange> drop(CatalogSnapshot snapshot, DefinitionCommand.DropDatabase command) {
    if (command.name().equals(DatabaseDescriptor.DEFAULT_NAME)) {
      throw new SagittaException(ErrorCode.UNEXPECTED, "can not drop default database");
    }
    DatabaseDescriptor database = Names.database(snapshot, command.name());
    boolean inUse =
        snapshot.collections().values().stream()
            .anyMatch(collection -> collection.databaseId() == database.id());
    if (inUse) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "database:"
              + command.name()
              + " not empty, must drop all collections before drop database");
    }
    return List.of(new CatalogChange.DatabaseDropped(database.id()));
  }

  List<CatalogChange> alter(CatalogSnapshot snapshot, DefinitionCommand.AlterDatabase command) {
    DatabaseDescriptor database = Names.database(snapshot, command.name());
    if (command.properties().isEmpty() && command.removedKeys().isEmpty()) {
      throw SagittaException.invalidParameter(
          "alter database requires either properties or deletekeys to modify or delete keys,"
              + " both cannot be empty");
    }
    DatabaseProperties.check(command.properties());
    return List.of(
        new CatalogChange.DatabasePropertiesSet(
            database.id(), command.properties(), command.removedKeys()));
  }
}
