/**
 * Composes the supergraph that deploy/supergraph.yaml describes. `node tools/print-supergraph.js` prints it.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import process from "node:process";

import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { parse as parseYaml } from "yaml";

const file = "deploy/supergraph.yaml";
const { subgraphs } = parseYaml(readFileSync(file, "utf8"));

const services = Object.entries(subgraphs).map(([name, { routing_url: url, schema }]) => ({
  name,
  url,
  typeDefs: parse(readFileSync(resolve(dirname(file), schema.file), "utf8")),
}));
const { supergraphSdl, errors } = composeServices(services);
if (supergraphSdl === undefined) throw new Error(errors.map(String).join("\n"));
process.stdout.write(`${supergraphSdl.trimEnd()}\n`);
