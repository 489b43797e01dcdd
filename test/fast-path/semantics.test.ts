import { ApolloServer } from "@apollo/server";

import {
  emulatorAccountId as accountId,
  emulatorAgentIds,
  emulatorReasonIds,
} from "../../src/emulator/seed/seed.js";
import { useGateways } from "./gateways.js";
import type { Told } from "./gateways.js";

const { lunch } = emulatorReasonIds;
const [agentId = ""] = Object.values(emulatorAgentIds).flat();
const account = `accountId: "${accountId}"`;
const reason = (alias: string, id: string) => `${alias}: statusReason(${account}, id: ${id}) { id state }`;

describe("a compiled operation", () => {
  const gateways = useGateways();
  let byApollo: jest.SpyInstance;
  beforeEach(() => {
    byApollo = jest.spyOn(ApolloServer.prototype, "executeHTTPGraphQLRequest");
  });

  it.each<[string, string, object]>([
    [
      "inside an input",
      `query ($t: String) { statusReasons(${account}, filter: { text: $t, enabled: true }) { totalCount } }`,
      { t: "zzz" },
    ],
    [
      "inside an input, with a default",
      `query ($t: String = "zzz") { statusReasons(${account}, filter: { text: $t }) { totalCount } }`,
      {},
    ],
    [
      "inside an input, left out",
      `query ($t: String) { statusReasons(${account}, filter: { text: $t }) { totalCount } }`,
      {},
    ],
    [
      "inside an input, null",
      `query ($t: String) { statusReasons(${account}, filter: { text: $t }) { totalCount } }`,
      { t: null },
    ],
    [
      "that is a list inside an input",
      `query ($s: [AgentState!]) { liveAgents(${account}, filter: { states: $s, groupIds: "-1" }) { totalCount } }`,
      { s: ["ONLINE"] },
    ],
    [
      "that is no list where one is asked for",
      `query ($s: [AgentState!]) { liveAgents(${account}, filter: { states: $s }) { totalCount } }`,
      { s: "AWAY" },
    ],
    [
      "inside a list inside an input",
      `query ($id: ID!) { liveAgents(${account}, filter: { reasonIds: [$id] }) { totalCount } }`,
      { id: lunch },
    ],
    [
      "inside a list",
      `query ($id: ID!) { agents(${account}, ids: [$id, "1"]) { id status { state } } }`,
      { id: agentId },
    ],
    [
      "inside a representation",
      `query ($id: ID!) {
        _entities(representations: { __typename: "StatusReason", ${account}, id: $id }) { ... on StatusReason { text } }
        ${reason("other", '"3487210043"')}
      }`,
      { id: lunch },
    ],
    [
      "that is one of the representations",
      `query ($r: _Any!) {
        _entities(representations: [$r, { __typename: "Agent", ${account}, id: "${agentId}" }]) {
          ... on StatusReason { text } ... on Agent { id status { state } }
        }
      }`,
      { r: { __typename: "StatusReason", accountId, id: lunch } },
    ],
  ])("reads a variable %s", async (_name, query, variables) => {
    const { errors } = await gateways.compare({ query, variables });
    expect(errors).toEqual([]);
    byApollo.mockClear();
    await gateways.ask(gateways.compiling, { query, variables });
    expect(byApollo).not.toHaveBeenCalled();
  });

  it.each<[string, string]>([
    ["at the root", `{ statusReasons(${account}) @skip(if: true) { totalCount } }`],
    ["of an object", `{ statusReasons(${account}) { totalCount @include(if: false) } }`],
    ["of a list's items", `{ statusReasons(${account}) { nodes { id @skip(if: true) } } }`],
    ["of an object that may be null", `{ statusReason(${account}, id: "${lunch}") { id @skip(if: true) } }`],
    [
      "of another type",
      `{ _entities(representations: [{ __typename: "StatusReason", ${account}, id: "${lunch}" }]) { ... on Agent { name } } }`,
    ],
    [
      "of agents' groups, beside others",
      `{ agents(${account}, ids: ["${agentId}"]) { id group { id @skip(if: true) } skills { id } } }`,
    ],
    [
      "of what the subgraph is",
      `{ _service { __typename @include(if: false) } ${reason("a", `"${lunch}"`)} }`,
    ],
  ])("answers an empty selection %s", async (_name, query) => {
    const { text } = await gateways.compare({ query });
    expect(JSON.parse(text)).toHaveProperty("data");
  });

  it.each(["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "__defineGetter__"])(
    "takes a variable named %s for what it was given, or for not given",
    async (name) => {
      const required = `query ($${name}: ID!) { statusReason(accountId: $${name}, id: "${lunch}") { state } }`;
      const optional = `query ($${name}: String) { statusReasons(${account}, filter: { text: $${name} }) { totalCount } }`;
      // A computed key is a property of its own, also where it is `__proto__`.
      const given = { [name]: accountId };
      await gateways.teach({ query: required, variables: given });
      for (const variables of [given, {}]) {
        await gateways.compare({ query: required, variables });
        await gateways.compare({ query: optional, variables });
        await gateways.compare({ query: optional, variables: { ...variables, unknown: 1 } });
      }
    },
  );

  it("answers under names like those of Object.prototype", async () => {
    const query = `{ __proto__: statusReason(${account}, id: "${lunch}") { constructor: id __proto__: state } toString: __typename }`;
    const { text } = await gateways.compare({ query });
    expect(text).toContain(`"__proto__":{"constructor":"${lunch}"`);
  });

  it.each<[string, string, readonly string[]]>([
    ["the middle one", "query ($a: ID!, $b: ID!, $c: ID!)", [lunch, "x", "3487210043"]],
    ["the first", "query ($a: ID!, $b: ID!, $c: ID!)", ["x", lunch, "3487210043"]],
    ["all but one", "query ($a: ID!, $b: ID!, $c: ID!)", ["x", lunch, "y"]],
  ])("loads the other fields together where %s is refused", async (_name, head, [a, b, c]) => {
    const query = `${head} { ${reason("a", "$a")} ${reason("b", "$b")} ${reason("c", "$c")} }`;
    await gateways.teach({ query, variables: { a: "1", b: "2", c: "3" } });
    const variables = { a, b, c };
    const { errors, calls } = await gateways.compare({ query, variables });
    expect(errors.length).toBeGreaterThan(0);
    expect(calls).toBe(1);
  });

  it("does not start what comes after a field that takes everything away", async () => {
    const query = `query ($id: ID!) { agents(${account}, ids: [$id]) { id status { state } } ${reason("b", "$id")} }`;
    await gateways.teach({ query, variables: { id: agentId } });
    await gateways.compare({ query, variables: { id: "x" } });
  });

  it.each<[string, string]>([
    ["null", reason("a", `"${lunch}"`)],
    ["no data", `a: statusReasons(${account}) { totalCount }`],
  ])("tells an error that leaves %s without waiting for other fields", async (_name, failing) => {
    const query = `{ b: liveAgents(${account}) { totalCount } ${failing} }`;
    await gateways.teach({ query });
    const { emulator } = gateways.compiling;
    emulator.faults.add({ match: { path: "status-reasons" }, status: 500 });
    emulator.faults.add({ match: { path: "agent_view" }, latencyMs: 60_000 });
    byApollo.mockClear();
    const answer = gateways.ask(gateways.compiling, { query });
    await handedOver(byApollo);
    emulator.faults.clear();
    expect((await answer).errors.map(({ path }) => path)).toEqual([["a"]]);
  });

  it("tells the one error that took all data away, whatever failed with it", async () => {
    const query = `{ a: statusReasons(${account}) { nodes { state } } ${reason("b", `"${lunch}"`)} }`;
    const { errors } = await gateways.compare({ query }, [
      { match: { path: "status-reasons" }, status: 500 },
    ]);
    expect(errors.map(({ path }) => path)).toEqual([["a"]]);
  });

  it.each<[string, string[], Record<string, string>]>([
    ["the first fails", ["first"], { firstText: "Lunch", secondText: "Two" }],
    ["the second fails", ["second"], { firstText: "One", secondText: "Lunch" }],
    ["both fail", ["first", "second"], { firstText: "Lunch", secondText: "Coffee break" }],
    ["none fails", [], { firstText: "One", secondText: "Two" }],
  ])("shows the result of each of two writes where %s", async (_name, failed, texts) => {
    const query = `mutation ($accountId: ID!, $firstText: String!, $secondText: String!) {
      first: createStatusReason(accountId: $accountId, input: { text: $firstText }) { statusReason { text } }
      second: createStatusReason(accountId: $accountId, input: { text: $secondText }) { statusReason { text } }
    }`;
    const { plain, compiling } = gateways;
    const results: Told[] = [];
    // Often enough to know the operation, if it were a query.
    for (const gateway of [plain, compiling, compiling, compiling]) {
      compiling.emulator.reset();
      results.push(await gateways.ask(gateway, { query, variables: { accountId, ...texts } }));
    }
    const [expected, ...others] = results;
    expect(others).toEqual(others.map(() => expected));
    expect(expected?.status).toBe(200);
    const { data } = JSON.parse(expected?.text ?? "") as { data: unknown };
    const payload = (name: string) =>
      failed.includes(name) ? null : { statusReason: { text: texts[`${name}Text`] } };
    expect(data).toEqual({ first: payload("first"), second: payload("second") });
    expect(expected?.errors.map(({ path, extensions }) => [path, extensions["code"]])).toEqual(
      failed.map((name) => [[name], "CONFLICT"]),
    );
  });

  it("takes an operationName that is empty for one", async () => {
    const query = `{ statusReasons(${account}) { totalCount } }`;
    for (const operationName of [undefined, null, "", " ", "a", "__proto__", undefined]) {
      await gateways.compare({ query, operationName });
    }
    const { errors } = await gateways.ask(gateways.compiling, { query, operationName: "" });
    expect(errors).toHaveLength(1);
  });
});

/** Until Apollo has been asked, which answers what is not answered without it. */
function handedOver(byApollo: jest.SpyInstance): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (byApollo.mock.calls.length > 0) resolve();
      else setImmediate(look);
    };
    look();
  });
}
