package dev.sagitta.coordinator.root;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A definition to be changed, as it travels from any node to the leader (JSON). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DefinitionCommand.CreateDatabase.class, name = "create-database"),
  @JsonSubTypes.Type(value = DefinitionCommand.DropDatabase.class, name = "drop-database"),
  @JsonSubTypes.Type(value = DefinitionCommand.AlterDatabase.class, name = "alter-database"),
  @JsonSubTypes.Type(value = DefinitionCommand.CreateCollection.class, name = "create-collection"),
  @JsonSubTypes.Type(value = DefinitionCommand.DropCollection.class, name = "drop-collection"),
  @JsonSubTypes.Type(value = DefinitionCommand.RenameCollection.class, name = "rename-collection"),
  @JsonSubTypes.Type(value = DefinitionCommand.AlterCollection.class, name = "alter-collection"),
  @JsonSubTypes.Type(value = DefinitionCommand.AddField.class, name = "add-field"),
  @JsonSubTypes.Type(value = DefinitionCommand.AlterField.class, name = "alter-field"),
  @JsonSubTypes.Type(value = DefinitionCommand.AddFunction.class, name = "add-function"),
  @JsonSubTypes.Type(value = DefinitionCommand.AlterFunction.class, name = "alter-function"),
  @JsonSubTypes.Type(value = DefinitionCommand.DropFunction.class, name = "drop-function"),
  @JsonSubTypes.Type(value = DefinitionCommand.Truncate.class, name = "truncate"),
  @JsonSubTypes.Type(value = DefinitionCommand.CreatePartition.class, name = "create-partition"),
  @JsonSubTypes.Type(value = DefinitionCommand.DropPartition.class, name = "drop-partition"),
  @JsonSubTypes.Type(value = DefinitionCommand.SetAlias.class, name = "set-alias"),
  @JsonSubTypes.Type(value = DefinitionCommand.DropAlias.class, name = "drop-alias"),
  @JsonSubTypes.Type(value = DefinitionCommand.CreateIndex.class, name = "create-index"),
  @JsonSubTypes.Type(value = DefinitionCommand.DropIndex.class, name = "drop-index"),
  @JsonSubTypes.Type(value = DefinitionCommand.AlterIndex.class, name = "alter-index"),
  @JsonSubTypes.Type(value = DefinitionCommand.ChangeLoad.class, name = "change-load"),
})
sealed interface DefinitionCommand {
  /** How many new ids the command may use; the first of them is its timestamp. */
  int ids();

  record CreateDatabase(String name, Map<String, String> properties) implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record DropDatabase(String name) implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record AlterDatabase(String name, Map<String, String> properties, Set<String> removedKeys)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record CreateCollection(RootCoordinator.CollectionCreation creation)
      implements DefinitionCommand {
    @Override
    public int ids() {
      int textIndexes =
          (int) creation.schema().fields().stream().filter(FieldSchema::matched).count();
      return 2 + creation.partitionsForKey().orElse(1) + textIndexes;
    }
  }

  record DropCollection(String database, String name) implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record RenameCollection(
      String database, String name, String newName, Optional<String> newDatabase)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record AlterCollection(
      String database, String name, Map<String, String> properties, Set<String> removedKeys)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record AddField(String database, String collection, FieldSchema field)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record AlterField(
      String database, String collection, String field, Map<String, String> parameters)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record AddFunction(String database, String collection, FunctionSchema function)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record AlterFunction(String database, String collection, String name, FunctionSchema function)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record DropFunction(String database, String collection, String name)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record Truncate(String database, String collection) implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record CreatePartition(String database, String collection, String partition)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 2;
    }
  }

  record DropPartition(String database, String collection, String partition)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  /** Creates an alias, or moves an existing one when {@code alter}. */
  record SetAlias(String database, String collection, String alias, boolean alter)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record DropAlias(String database, String alias) implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record CreateIndex(RootCoordinator.IndexCreation creation) implements DefinitionCommand {
    @Override
    public int ids() {
      return 2;
    }
  }

  record DropIndex(String database, String collection, String indexName)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record AlterIndex(
      String database,
      String collection,
      String indexName,
      Map<String, String> properties,
      Set<String> removedKeys)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }

  record ChangeLoad(String database, String collection, List<String> partitions, boolean load)
      implements DefinitionCommand {
    @Override
    public int ids() {
      return 1;
    }
  }
}
