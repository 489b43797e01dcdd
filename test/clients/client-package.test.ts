import { readFileSync } from "node:fs";

import { buildSchema, isObjectType } from "graphql";

import {
  embeddedTypes,
  entityKeys,
  errorCodes,
  failuresOf,
  hasCode,
} from "../../packages/client/src/index.js";
import { errorCodeNames } from "../../src/graphql/errors/error-codes.js";

describe("the client package", () => {
  it("identifies every type of the schema, or knows that it has no identity", () => {
    const schema = buildSchema(readFileSync("schema/api.graphql", "utf8"));
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const types = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && !type.name.startsWith("__") && !roots.includes(type),
    );
    const given = [...Object.keys(entityKeys), ...embeddedTypes];
    expect(given.sort()).toEqual(types.map(({ name }) => name).sort());
  });

  it("knows every code of the gateway's errors", () => {
    expect([...errorCodes].sort()).toEqual([...errorCodeNames].sort());
  });
});

describe("failuresOf", () => {
  const conflict = { kind: "STALE_REVISION", currentRevision: "7", current: null };
  const error = {
    message: "It conflicts.",
    path: ["updateStatusReason"],
    extensions: { code: "CONFLICT", retryable: false, requestId: "r", conflict },
  };
  const failure = { message: "It conflicts.", path: ["updateStatusReason"], ...error.extensions };

  it.each([
    ["a result", { data: null, errors: [error] }],
    ["urql's error", { graphQLErrors: [error] }],
    ["a refused request's body", { bodyText: JSON.stringify({ errors: [error] }) }],
    ["what ends a subscription", [error]],
  ])("finds the gateway's errors in %s", (_what, given) => {
    expect(failuresOf(given)).toEqual([failure]);
  });

  it.each([
    undefined,
    null,
    "text",
    new TypeError("fetch failed"),
    { bodyText: "<html>" },
    { errors: [{ message: "of another server", extensions: { code: "THEIRS" } }, null] },
  ])("finds none in %p", (given) => {
    expect(failuresOf(given)).toEqual([]);
  });

  it("gives what `hasCode` narrows: a conflict has its state", () => {
    const [found] = failuresOf([error]);
    if (found === undefined || !hasCode(found, "CONFLICT")) throw new Error("it is a conflict");
    expect(found.conflict.currentRevision).toBe("7");
    expect(hasCode(found, "NOT_FOUND")).toBe(false);
  });
});
