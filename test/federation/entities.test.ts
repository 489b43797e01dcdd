import {
  emulatorAccountId,
  emulatorAgentIds,
  emulatorReasonIds,
  emulatorSecondAccountId,
} from "../../src/emulator/seed/seed.js";
import { dataOf, useTestGateway } from "../support/gateway.js";

const accountId = emulatorAccountId;
const query = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on StatusReason { id text deleted }
    ... on Agent { id name status { state reason { text } } }
  }
}`;

describe("_entities", () => {
  const gateway = useTestGateway();

  const calls = () => gateway.emulator.journal.requests;
  const reason = (id: unknown, account: unknown = accountId) => ({
    __typename: "StatusReason",
    accountId: account,
    id,
  });
  const agent = (id: unknown) => ({ __typename: "Agent", accountId, id });

  it("finds 500 representations of each kind with one call a kind", async () => {
    const ids = Object.values(emulatorReasonIds);
    const agentIds = gateway.emulator.state
      .account(accountId)
      .agents.list()
      .map(({ id }) => id);
    const representations = Array.from({ length: 500 }, (_, index) => [
      reason(ids[index % ids.length]),
      agent(agentIds[index % agentIds.length]),
    ]).flat();
    const { _entities } = dataOf(await gateway.query(query, { representations })) as {
      _entities: { id: string }[];
    };
    expect(_entities.map(({ id }) => id)).toEqual(representations.map(({ id }) => id));
    expect(
      calls()
        .map(({ method }) => method)
        .sort(),
    ).toEqual(["GET", "POST"]);
  });

  it("is null where there is none, and leaves the others alone", async () => {
    const representations = [
      reason("42"),
      reason(emulatorReasonIds.lunch),
      reason(emulatorReasonIds.deleted),
    ];
    expect(dataOf(await gateway.query(query, { representations }))["_entities"]).toEqual([
      null,
      { __typename: "StatusReason", id: emulatorReasonIds.lunch, text: "Lunch", deleted: false },
      { __typename: "StatusReason", id: emulatorReasonIds.deleted, text: "Smoking break", deleted: true },
    ]);
  });

  it.each([
    ["no id", { __typename: "StatusReason", accountId }],
    ["no account", { __typename: "Agent", id: "1" }],
    ["an account that can be none", reason("1", "../..")],
    ["an object for an id", reason({})],
    ["a word for an id", agent("me")],
    ["an unknown type", { __typename: "Query" }],
    ["no type", { accountId, id: "1" }],
    ["a property `constructor` in its key", { ...reason("1"), accountId: { constructor: null } }],
  ])("with %s is an error at its own place", async (_case, malformed) => {
    const representations = [reason(emulatorReasonIds.lunch), malformed, agent(emulatorAgentIds.online)];
    const { data, errors } = await gateway.query(query, { representations });
    expect(data?.["_entities"]).toMatchObject([{ text: "Lunch" }, null, { status: { state: "ONLINE" } }]);
    expect(errors).toMatchObject([{ path: ["_entities", 1], extensions: { code: "BAD_USER_INPUT" } }]);
  });

  it("keeps what fails for one account from another", async () => {
    const representations = [
      reason(emulatorReasonIds.lunch, emulatorSecondAccountId),
      reason(emulatorReasonIds.lunch),
    ];
    const { data, errors } = await gateway.query(query, { representations });
    expect(data?.["_entities"]).toMatchObject([null, { text: "Lunch" }]);
    expect(errors).toMatchObject([{ path: ["_entities", 0], extensions: { code: "FORBIDDEN" } }]);
  });

  it("makes no call for what is not asked", async () => {
    const keys = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { __typename ... on StatusReason { id } ... on Agent { id } }
    }`;
    const representations = [reason(emulatorReasonIds.lunch), agent("42")];
    expect(dataOf(await gateway.query(keys, { representations }))["_entities"]).toHaveLength(2);
    const whoGives = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on StatusReason { agents { totalCount } } }
    }`;
    expect(calls()).toEqual([]);
    dataOf(await gateway.query(whoGives, { representations: [reason(emulatorReasonIds.lunch)] }));
    expect(calls().map(({ path }) => path.split("/").at(-1))).toEqual(["agent_view"]);
  });

  it("takes an id past 2^53 for the digits it is, as a number too", async () => {
    const response = await fetch(gateway.url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer emulator-admin-token" },
      body: `{"query":${JSON.stringify(query)},"variables":{"representations":[{"__typename":"StatusReason","accountId":"${accountId}","id":9223372036854775807}]}}`,
    });
    expect(await response.json()).toMatchObject({ data: { _entities: [{ id: "9223372036854775807" }] } });
  });

  it("serves the SDL with what a supergraph needs", async () => {
    const { _service } = dataOf(await gateway.query("{ _service { sdl } }")) as { _service: { sdl: string } };
    expect(_service.sdl).toContain("https://specs.apollo.dev/federation/v2");
    for (const type of ["StatusReason", "Agent"]) {
      expect(_service.sdl).toMatch(new RegExp(`type ${type}\\s+@key\\(fields: "accountId id"\\)`));
    }
  });
});
