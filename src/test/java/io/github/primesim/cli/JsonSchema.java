package io.github.primesim.cli;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A JSON schema that documents are held against. */
final class JsonSchema {
  private final Schema schema;

  JsonSchema(JsonNode root) {
    schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root);
  }

  /** What is wrong with {@code document}, by place; empty if nothing is. */
  List<String> problems(JsonNode document) {
    return schema.validate(document).stream().map(Object::toString).toList();
  }
}
