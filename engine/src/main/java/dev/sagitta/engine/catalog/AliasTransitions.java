package dev.sagitta.engine.catalog;

import static dev.sagitta.engine.catalog.CatalogTransitions.collection;
import static dev.sagitta.engine.catalog.CatalogTransitions.require;

import java.util.ArrayList;
import java.util.List;

/** Aliases. */
final class AliasTransitions {
  private AliasTransitions() {}

  static CatalogSnapshot set(CatalogSnapshot snapshot, CatalogChange.AliasSet change) {
    AliasDescriptor alias = change.alias();
    CollectionDescriptor target = collection(snapshot, alias.collectionId(), change);
    require(target.databaseId() == alias.databaseId(), "alias leaves its database", change);
    require(
        snapshot.collections().values().stream()
            .noneMatch(
                collection ->
                    collection.databaseId() == alias.databaseId()
                        && collection.name().equals(alias.alias())),
        "alias is a collection's name",
        change);
    List<AliasDescriptor> aliases = others(snapshot, alias.databaseId(), alias.alias());
    aliases.add(alias);
    return snapshot.withAliases(List.copyOf(aliases));
  }

  static CatalogSnapshot drop(CatalogSnapshot snapshot, CatalogChange.AliasDropped change) {
    require(
        snapshot.alias(change.databaseId(), change.alias()).isPresent(),
        "alias does not exist",
        change);
    return snapshot.withAliases(List.copyOf(others(snapshot, change.databaseId(), change.alias())));
  }

  private static List<AliasDescriptor> others(
      CatalogSnapshot snapshot, long databaseId, String name) {
    List<AliasDescriptor> others = new ArrayList<>(snapshot.aliases());
    others.removeIf(alias -> alias.databaseId() == databaseId && alias.alias().equals(name));
    return others;
  }
}
