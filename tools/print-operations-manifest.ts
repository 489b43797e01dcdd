/** Prints the manifest of the published operations, in Apollo's format, for `TRUSTED_DOCUMENTS` and for clients. */
import { createHash } from "node:crypto";
import process from "node:process";

import { InMemoryCache } from "@apollo/client";
import { Kind, print } from "graphql";
import type { DocumentNode } from "graphql";

import * as exported from "../src/generated/operations.js";

// Clients with a cache ask for type names, and send the text with them.
const cache = new InMemoryCache();

function entryOf(document: DocumentNode) {
  const body = print(cache.transformDocument(document));
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const name = operation?.name?.value ?? "";
  const id = createHash("sha256").update(body).digest("hex");
  return { id, name, type: operation?.operation, body };
}

const documents = Object.entries<DocumentNode>(exported).flatMap(([name, document]) =>
  name.endsWith("Document") ? [document] : [],
);
const operations = documents.map(entryOf).sort((a, b) => (a.name < b.name ? -1 : 1));
const manifest = { format: "apollo-persisted-query-manifest", version: 1, operations };
process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
