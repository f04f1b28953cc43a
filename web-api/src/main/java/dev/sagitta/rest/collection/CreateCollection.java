package dev.sagitta.rest.collection;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.coordinator.root.RootCoordinator;
import dev.sagitta.coordinator.root.RootCoordinator.CollectionCreation;
import dev.sagitta.coordinator.root.RootCoordinator.IndexCreation;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.scalarindex.json.JsonIndexParameters;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricRules;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.schema.NameRules;
import dev.sagitta.engine.schema.SchemaRules;
import dev.sagitta.engine.time.TimestampText;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.ConsistencyLevels;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.RestSettings;
import dev.sagitta.rest.index.IndexChecks;
import dev.sagitta.rest.index.IndexParameters;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /collections/create}: with {@code schema} the collection as described, without it a quick
 * one of two fields. What has indexes at once is loaded at once.
 */
final class CreateCollection implements Endpoint {
  /** The create's parameters that become properties, with the properties' names. */
  private static final Map<String, String> PROPERTY_OF_PARAMETER =
      Map.of(
          CollectionTimeZone.PROPERTY,
          CollectionTimeZone.PROPERTY,
          "ttlSeconds",
          "collection.ttl.seconds",
          "mmap.enabled",
          "mmap.enabled",
          "partitionKeyIsolation",
          "partitionkey.isolation",
          "warmup.scalarField",
          "warmup.scalarField",
          "warmup.scalarIndex",
          "warmup.scalarIndex",
          "warmup.vectorField",
          "warmup.vectorField",
          "warmup.vectorIndex",
          "warmup.vectorIndex");

  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    RestSettings settings = context.services().settings();
    String name = body.requiredText("collectionName");
    NameRules.checkCollectionName(name, settings.maximumNameLength());
    context.database();
    Map<String, String> parameters = new LinkedHashMap<>(QuickSchema.parameters(body));
    body.members("properties").entrySet().stream()
        .filter(property -> property.getKey().equals(CollectionTimeZone.PROPERTY))
        .forEach(property -> parameters.put(property.getKey(), property.getValue().asText()));
    Optional<JsonNode> schemaNode = body.value("schema").filter(CreateCollection::hasFields);
    CollectionSchema schema =
        schemaNode.isPresent()
            ? SchemaParser.parse(name, body.text("description").orElse(""), schemaNode.get())
            : QuickSchema.parse(name, body, parameters, quickDynamic(parameters));
    Optional<String> timeZone = timeZone(context, parameters);
    schema =
        TimestampDefaults.resolve(
            schema, timeZone.map(TimestampText::zone).orElse(TimestampText.DEFAULT_ZONE));
    new SchemaRules(
            schema,
            settings.maximumFields(),
            settings.maximumVectorFields(),
            settings.maximumNameLength())
        .check();
    context.services().functions().check(schema, context.deadline());
    List<IndexCreation> indexes =
        schemaNode.isPresent()
            ? explicitIndexes(context, name, body, schema)
            : List.of(quickIndex(context, name, body, schema));
    create(context, creation(context, settings, schema, parameters, body), indexes);
    Answers.done(out);
  }

  private static boolean hasFields(JsonNode schema) {
    return !schema.isObject() || schema.has("fields");
  }

  private static void create(
      RequestContext context, CollectionCreation creation, List<IndexCreation> indexes) {
    RootCoordinator root = context.services().rootCoordinator();
    root.createCollection(creation, context.deadline());
    if (indexes.isEmpty()) {
      return;
    }
    for (IndexCreation index : indexes) {
      root.createIndex(index, context.deadline());
    }
    root.load(creation.database(), creation.schema().name(), List.of(), context.deadline());
  }

  private static CollectionCreation creation(
      RequestContext context,
      RestSettings settings,
      CollectionSchema schema,
      Map<String, String> parameters,
      RequestBody body) {
    boolean partitionKey = schema.partitionKey().isPresent();
    Optional<Integer> partitions = number(parameters, "partitionsNum");
    if (partitions.isPresent() && !partitionKey) {
      throw SagittaException.invalidParameter(
          "num_partitions should only be specified with partition key field enabled:"
              + " partitionsNum="
              + partitions.get());
    }
    int shards = number(parameters, "shardsNum").orElse(1);
    if (shards < 1 || shards > settings.maximumShards()) {
      throw SagittaException.invalidParameter(
          "maximum shards's number should be limited to "
              + settings.maximumShards()
              + ": shardsNum="
              + shards);
    }
    Map<String, String> properties =
        new LinkedHashMap<>(RequestBody.parameterTexts(body.members("properties")));
    PROPERTY_OF_PARAMETER.forEach(
        (parameter, property) -> {
          String value = parameters.get(parameter);
          if (value != null) {
            properties.put(property, value);
          }
        });
    timeZone(context, parameters)
        .ifPresent(zone -> properties.put(CollectionTimeZone.PROPERTY, zone));
    return new CollectionCreation(
        context.databaseName(),
        schema,
        shards,
        partitions,
        consistencyLevel(parameters),
        properties);
  }

  /** A collection keeps the time zone that its database has when it is created. */
  private static Optional<String> timeZone(RequestContext context, Map<String, String> parameters) {
    return Optional.ofNullable(parameters.get(CollectionTimeZone.PROPERTY))
        .or(
            () ->
                Optional.ofNullable(
                    context.database().properties().get(CollectionTimeZone.PROPERTY)));
  }

  private static ConsistencyLevel consistencyLevel(Map<String, String> parameters) {
    String name = parameters.get("consistencyLevel");
    return name == null ? ConsistencyLevel.BOUNDED : ConsistencyLevels.parse(name);
  }

  private static Optional<Integer> number(Map<String, String> parameters, String key) {
    String text = parameters.get(key);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      throw JsonErrors.wrongType("params." + key, "a 32-bit integer", text);
    }
  }

  private static boolean quickDynamic(Map<String, String> parameters) {
    String text = parameters.getOrDefault("enableDynamicField", "true");
    return switch (text) {
      case "true", "True" -> true;
      case "false", "False" -> false;
      default -> throw JsonErrors.wrongType("params.enableDynamicField", "true or false", text);
    };
  }

  private static IndexCreation quickIndex(
      RequestContext context, String name, RequestBody body, CollectionSchema schema) {
    FieldSchema field = schema.vectorFields().getFirst();
    MetricType metricType =
        body.text("metricType")
            .filter(text -> !text.isEmpty())
            .map(metric -> IndexParameters.metric(field.name(), metric))
            .orElseGet(() -> MetricRules.defaultOf(field.type()));
    MetricRules.check(field, metricType);
    return new IndexCreation(
        context.databaseName(),
        name,
        field.name(),
        Optional.of(field.name()),
        Optional.empty(),
        Optional.of(metricType),
        Map.of());
  }

  private static List<IndexCreation> explicitIndexes(
      RequestContext context, String name, RequestBody body, CollectionSchema schema) {
    List<IndexCreation> indexes = IndexParameters.parse(body, context.databaseName(), name, false);
    for (IndexCreation index : indexes) {
      FieldSchema field =
          JsonIndexParameters.indexedField(schema, index.fieldName(), index.parameters())
              .orElseThrow(
                  () ->
                      new SagittaException(
                          ErrorCode.REST_MISSING_PARAMETER,
                          "missing required parameters, error: `"
                              + index.fieldName()
                              + "` hasn't defined in schema: key=indexParams"));
      IndexChecks.check(schema, field, index);
    }
    return indexes;
  }
}
