import fc from "fast-check";

import { findStatusChanges } from "../../../src/emulator/agent-activity/search.js";
import {
  emulatorAccountId as accountId,
  emulatorAgentIds,
  emulatorSecondAccountId,
} from "../../../src/emulator/seed/seed.js";
import { dataOf, startTestGateway, useTestGateway } from "../../support/gateway.js";
import { ownCredentials } from "../../support/own-credentials.js";

const dayMs = 24 * 60 * 60 * 1000;

interface Page {
  readonly nodes: readonly { readonly kind: string; readonly state: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const agent = (id: string, fields: string) => `agent(accountId: "${accountId}", id: "${id}") { ${fields} }`;

describe.each(["oauth2", "oauth1"] as const)("the emulator's history, with %s", (kind) => {
  const gateway = useTestGateway(ownCredentials[kind]);
  const agentIds = [emulatorAgentIds.atLunch, emulatorAgentIds.pastDoubleReason, emulatorAgentIds.numericIds];
  const nowMs = Date.now();

  const statesHere = new Map([["BACK_SOON", "OCCUPIED"]]);

  /** What the emulator holds, the plain way. */
  function expected(id: string, from: Date, to: Date) {
    const { agents, reasons } = gateway.emulator.state.account(accountId);
    const window = { from: from.getTime(), to: to.getTime() };
    const known = new Map(reasons.list(true).map((reason) => [String(reason.id), reason.text]));
    return findStatusChanges(agents, { window, filter: { by: "agentId", value: id } }).map((event) => {
      const { status, reasonId = "", at } = event.change;
      const isChange = event.kind === "change";
      const text = isChange ? known.get(reasonId) : undefined;
      return {
        at: new Date(at).toISOString(),
        kind: event.kind.toUpperCase(),
        state: isChange ? (statesHere.get(status) ?? status) : event.kind === "login" ? "UNKNOWN" : "OFFLINE",
        reason: text === undefined ? null : { id: reasonId, text },
        reasonText: text ?? null,
        previousAt: event.previousAt === undefined ? null : new Date(event.previousAt).toISOString(),
        sessionId: event.sessionId === undefined ? null : String(event.sessionId),
        sequenceNumber: event.sequenceNumber,
      };
    });
  }

  const query = `query ($id: ID!, $from: DateTimeISO, $to: DateTimeISO, $first: Int!, $after: String) {
    agent(accountId: "${accountId}", id: $id) {
      statusChanges(from: $from, to: $to, first: $first, after: $after) {
        nodes { at kind state reason { id text } reasonText previousAt sessionId sequenceNumber }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

  it("is returned page by page as it is, in any page size", async () => {
    const days = fc.integer({ min: 0, max: 100 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...agentIds),
        days,
        fc.integer({ min: 1, max: 31 }),
        fc.integer({ min: 1, max: 400 }),
        async (id, daysAgo, length, first) => {
          const to = new Date(nowMs - daysAgo * dayMs);
          const from = new Date(to.getTime() - length * dayMs);
          const whole = expected(id, from, to);
          const size = Math.max(first, Math.ceil(whole.length / 8));
          const nodes: unknown[] = [];
          let info: Page["pageInfo"] = { hasNextPage: true, endCursor: null };
          while (info.hasNextPage) {
            const variables = { id, from, to, first: size, after: info.endCursor };
            const data: Record<string, unknown> = dataOf(await gateway.query(query, variables));
            const page = (data["agent"] as { readonly statusChanges: Page }).statusChanges;
            nodes.push(...page.nodes);
            info = page.pageInfo;
            expect(info.hasNextPage).toBe(nodes.length < whole.length);
          }
          expect(nodes).toEqual(whole);
        },
      ),
      { numRuns: 12 },
    );
  }, 30_000);

  it("has changes of all kinds in a month", async () => {
    const { statusChanges } = dataOf(
      await gateway.query(
        `{ ${agent(emulatorAgentIds.atLunch, `statusChanges(from: "${new Date(nowMs - 30 * dayMs).toISOString()}", first: 1000) { nodes { kind state } }`)} }`,
      ),
    )["agent"] as { readonly statusChanges: Page };
    const kinds = new Set(statusChanges.nodes.map(({ kind: what }) => what));
    const states = new Set(statusChanges.nodes.map(({ state }) => state));
    expect([...kinds].sort()).toEqual(["CHANGE", "LOGIN", "LOGOUT"]);
    expect([...states].sort()).toEqual(["AWAY", "OCCUPIED", "OFFLINE", "ONLINE", "UNKNOWN"]);
  });

  it("is null with the upstream's error where the period is older than it keeps", async () => {
    const { errors } = await gateway.query(
      `{ ${agent("1", `statusChanges(from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z") { nodes { at } }`)} }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", upstream: { status: 400 } } }]);
  });

  it("is empty for nobody, and FORBIDDEN in other accounts", async () => {
    const { data, errors } = await gateway.query(
      `{ nobody: ${agent("999", "statusChanges { nodes { at } }")}
        foreign: agent(accountId: "${emulatorSecondAccountId}", id: "1") { statusChanges { nodes { at } } } }`,
    );
    expect(data).toEqual({ nobody: { statusChanges: { nodes: [] } }, foreign: { statusChanges: null } });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.path).toEqual(["foreign", "statusChanges"]);
  });
});

it("signs what it asks for: another secret is refused", async () => {
  const gateway = await startTestGateway({ ...ownCredentials.oauth1, LP_APP_SECRET: "another-secret" });
  const { errors } = await gateway.query(`{ ${agent("1", "statusChanges { nodes { at } }")} }`);
  expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED", upstream: { status: 401 } } }]);
  await gateway.stop();
});

it("finds the host by the service's name", async () => {
  const gateway = await startTestGateway({ ...ownCredentials.oauth1, UPSTREAM: "liveperson" });
  dataOf(await gateway.query(`{ ${agent("1", "statusChanges { nodes { at } }")} }`));
  expect(gateway.emulator.journal.requests.map(({ path }) => path)).toEqual([
    `/api/account/${accountId}/service/agentActivityDomain/baseURI.json`,
    `/api/v2/account/${accountId}/status-changes`,
  ]);
  await gateway.stop();
});
