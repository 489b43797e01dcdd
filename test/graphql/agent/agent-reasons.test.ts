import { emulatorAccountId, emulatorAgentIds, emulatorReasonIds } from "../../../src/emulator/seed/seed.js";
import { AgentReasonsDocument } from "../../../src/generated/operations.js";
import { dataOf, useTestGateway } from "../../support/gateway.js";

const accountId = emulatorAccountId;
const { atLunch, pastDoubleReason, numericIds, online } = emulatorAgentIds;
const { lunch, pastDouble } = emulatorReasonIds;

interface ShownAgent {
  readonly status: { readonly reason: { readonly text: string } | null } | null;
}

describe("the reasons of agents", () => {
  const gateway = useTestGateway();

  const agents = (...ids: string[]) => `agents(accountId: "${accountId}", ids: ${JSON.stringify(ids)})`;
  const why = "{ id status { state reason { text } } }";

  /** The last part of each call's path, sorted. */
  const calls = () => gateway.emulator.journal.requests.map(({ path }) => path.split("/").at(-1)).sort();

  it.each([
    [
      "two fields of agents share a list",
      `a: ${agents(atLunch)} ${why} b: ${agents(pastDoubleReason)} ${why}`,
    ],
    [
      "a field and a look-up share a list",
      `a: ${agents(atLunch, pastDoubleReason)} ${why} b: agent(accountId: "${accountId}", id: "${numericIds}") ${why}`,
    ],
    [
      "a list that is asked for anyway is used",
      `statusReasons(accountId: "${accountId}") { totalCount } ${agents(atLunch, pastDoubleReason)} ${why}`,
    ],
    ["a page of agents has one list", `liveAgents(accountId: "${accountId}") { nodes ${why} }`],
  ])("%s", async (_case, fields) => {
    dataOf(await gateway.query(`{ ${fields} }`));
    expect(calls()).toEqual(["agent_view", "status-reasons"]);
  });

  it.each([
    ["several agents who give the same", `${agents(atLunch, numericIds, atLunch)} ${why}`],
    [
      "the only field that asks",
      `a: ${agents(atLunch)} ${why} b: ${agents(pastDoubleReason)} { status { state } }`,
    ],
    ["nobody asked for twice", `a: ${agents(atLunch)} ${why} b: ${agents(atLunch, online)} ${why}`],
  ])("cost a by-id call for %s", async (_case, fields) => {
    dataOf(await gateway.query(`{ ${fields} }`));
    expect(calls()).toEqual([lunch, "agent_view"].sort());
  });

  it.each([
    ["reason @skip(if: $flag) { text }", true],
    ["reason @include(if: $flag) { text }", false],
    ["... @include(if: $flag) { reason { text } }", false],
  ])("of { %s } cost no call where the flag is %s", async (reason, without) => {
    const query = `query ($flag: Boolean!) { ${agents(atLunch)} { status { state ${reason} } } }`;
    const left = dataOf(await gateway.query(query, { flag: without }));
    expect(left["agents"]).toEqual([{ status: { state: "AWAY" } }]);
    expect(calls()).toEqual(["agent_view"]);
    const asked = dataOf(await gateway.query(query, { flag: !without }));
    expect(asked["agents"]).toEqual([{ status: { state: "AWAY", reason: { text: "Lunch" } } }]);
    expect(calls()).toEqual([lunch, "agent_view", "agent_view"].sort());
  });

  it("that fail are each agent's own error, and the agents stay", async () => {
    gateway.emulator.faults.add({ match: { path: "status-reasons" }, status: 403 });
    const { data, errors } = await gateway.query(
      `{ a: ${agents(atLunch, online)} ${why} b: ${agents(pastDoubleReason)} ${why} }`,
    );
    expect(data).toMatchObject({
      a: [{ status: { state: "AWAY", reason: null } }, { status: { state: "ONLINE", reason: null } }],
      b: [{ status: { state: "AWAY", reason: null } }],
    });
    expect(errors.map(({ path }) => path?.join("."))).toEqual(["a.0.status.reason", "b.0.status.reason"]);
    expect(errors).toMatchObject(errors.map(() => ({ extensions: { code: "FORBIDDEN" } })));
    expect(calls()).toEqual(["agent_view", "status-reasons"]);
  });

  it("that failed are not asked for again by the same request", async () => {
    gateway.emulator.faults.add({ match: { path: "status-reasons" }, status: 403 });
    const { errors } = await gateway.query(
      `{ statusReason(accountId: "${accountId}", id: "${lunch}") { text } ${agents(atLunch)} ${why} }`,
    );
    expect(errors.map(({ path }) => path?.join(".")).sort()).toEqual([
      "agents.0.status.reason",
      "statusReason",
    ]);
    expect(calls()).toEqual([lunch, "agent_view"].sort());
  });

  it("are there for the agents of the chunks that did not fail", async () => {
    const { agents: roster } = gateway.emulator.state.account(accountId);
    roster.addMany(2500 - roster.list().length);
    const ids = roster.list().map(({ id }) => id);
    gateway.emulator.faults.add({ match: { path: "agent_view", body: `"${ids[1000] ?? ""}"` }, status: 403 });
    const { data, errors } = await gateway.run(AgentReasonsDocument, { accountId, ids });
    expect(errors.map(({ path }) => path)).toEqual(
      ids.slice(1000, 2000).map((_id, index) => ["agents", 1000 + index, "status"]),
    );
    const given = roster
      .list()
      .map(({ reasonId }, index) => (Math.floor(index / 1000) === 1 ? undefined : reasonId));
    const known = new Set(
      gateway.emulator.state
        .account(accountId)
        .reasons.list(true)
        .map(({ id }) => String(id)),
    );
    expect(data?.agents.map(({ status }) => status?.reason?.id)).toEqual(
      given.map((id) => (id !== undefined && known.has(id) ? id : undefined)),
    );
    expect(calls()).toEqual(["agent_view", "agent_view", "agent_view", "status-reasons"]);
  });

  it("are read again after a write", async () => {
    const rename = (text: string) =>
      `updateStatusReason(accountId: "${accountId}", id: "${pastDouble}", input: { text: "${text}" }) {
        statusReason { agents { nodes { status { reason { text } } } } }
      }`;
    const data = dataOf(await gateway.query(`mutation { a: ${rename("Nap")} b: ${rename("Siesta")} }`));
    const textsOf = (alias: string) => {
      const { statusReason } = data[alias] as { statusReason: { agents: { nodes: ShownAgent[] } } };
      return new Set(statusReason.agents.nodes.map(({ status }) => status?.reason?.text));
    };
    expect(textsOf("a")).toEqual(new Set(["Nap"]));
    expect(textsOf("b")).toEqual(new Set(["Siesta"]));
  });
});
