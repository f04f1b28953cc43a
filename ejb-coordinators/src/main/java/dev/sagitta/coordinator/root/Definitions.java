package dev.sagitta.coordinator.root;

import dev.sagitta.coordinator.catalog.CatalogProposal;
import java.util.List;
import java.util.function.Supplier;

/** All rules together: from a command to the changes that carry it out, on any snapshot. */
final class Definitions {
  private final DatabaseDefinitions databases;
  private final CollectionDefinitions collections;
  private final CollectionAlterations alterations;
  private final FieldDefinitions fields;
  private final PartitionDefinitions partitions;
  private final AliasDefinitions aliases;
  private final IndexDefinitions indexes;

  Definitions(DefinitionLimits limits, List<String> pchannels) {
    databases = new DatabaseDefinitions(limits);
    collections = new CollectionDefinitions(limits, pchannels);
    alterations = new CollectionAlterations();
    fields = new FieldDefinitions(limits);
    partitions = new PartitionDefinitions(limits);
    aliases = new AliasDefinitions(limits);
    indexes = new IndexDefinitions(limits);
  }

  /**
   * The proposal of a command.
   *
   * @param firstId first of {@code command.ids()} reserved ids, used anew by every decision
   */
  CatalogProposal proposal(DefinitionCommand command, long firstId) {
    Supplier<FreshIds> ids = () -> new FreshIds(firstId, command.ids());
    return switch (command) {
      case DefinitionCommand.CreateDatabase create ->
          snapshot -> databases.create(snapshot, create, ids.get());
      case DefinitionCommand.DropDatabase drop -> snapshot -> databases.drop(snapshot, drop);
      case DefinitionCommand.CreateCollection create ->
          snapshot -> collections.create(snapshot, create.creation(), ids);
      case DefinitionCommand.DropCollection drop -> snapshot -> collections.drop(snapshot, drop);
      case DefinitionCommand.RenameCollection rename ->
          snapshot -> collections.rename(snapshot, rename, firstId);
      case DefinitionCommand.AlterCollection alter ->
          snapshot -> alterations.alter(snapshot, alter, firstId);
      case DefinitionCommand.AlterDatabase alter -> snapshot -> databases.alter(snapshot, alter);
      case DefinitionCommand.AddField add -> snapshot -> fields.add(snapshot, add, firstId);
      case DefinitionCommand.AlterField alter -> snapshot -> fields.alter(snapshot, alter, firstId);
      case DefinitionCommand.AddFunction add ->
          snapshot -> FunctionDefinitions.add(snapshot, add, firstId);
      case DefinitionCommand.AlterFunction alter ->
          snapshot -> FunctionDefinitions.alter(snapshot, alter, firstId);
      case DefinitionCommand.DropFunction drop ->
          snapshot -> FunctionDefinitions.drop(snapshot, drop, firstId);
      case DefinitionCommand.Truncate truncate ->
          snapshot -> alterations.truncate(snapshot, truncate, firstId);
      case DefinitionCommand.AlterIndex alter -> snapshot -> indexes.alter(snapshot, alter);
      case DefinitionCommand.CreatePartition create ->
          snapshot -> partitions.create(snapshot, create, ids);
      case DefinitionCommand.DropPartition drop -> snapshot -> partitions.drop(snapshot, drop);
      case DefinitionCommand.SetAlias set -> snapshot -> aliases.set(snapshot, set);
      case DefinitionCommand.DropAlias drop -> snapshot -> aliases.drop(snapshot, drop);
      case DefinitionCommand.CreateIndex create ->
          snapshot -> indexes.create(snapshot, create.creation(), ids);
      case DefinitionCommand.DropIndex drop -> snapshot -> indexes.drop(snapshot, drop);
      case DefinitionCommand.ChangeLoad load -> snapshot -> LoadDefinitions.change(snapshot, load);
    };
  }
}
