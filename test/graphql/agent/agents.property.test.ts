import fc from "fast-check";

import {
  emulatorAccountId,
  emulatorAgentIds,
  emulatorSecondAccountId,
} from "../../../src/emulator/seed/seed.js";
import { dataOf, useTestGateway } from "../../support/gateway.js";

const accounts = [emulatorAccountId, emulatorSecondAccountId] as const;
const { atLunch, pastDoubleReason, danglingReasons, deletedReason, reasonMissing, neverLoggedIn } =
  emulatorAgentIds;
const agentIds = [
  atLunch,
  pastDoubleReason,
  danglingReasons[0],
  deletedReason,
  reasonMissing,
  neverLoggedIn,
  "42",
];

/** How a field asks for reasons; `$yes` is true. */
const selections = {
  never: { selection: "state", selects: false },
  always: { selection: "state reason { id text }", selects: true },
  inFragments: { selection: "... on AgentStatus { ...Why }", selects: true },
  unlessSkipped: { selection: "state reason @skip(if: $yes) { id text }", selects: false },
  whereIncluded: { selection: "state ... @include(if: $yes) { reason { id text } }", selects: true },
} as const;

const field = fc.record({
  accountId: fc.constantFrom(...accounts),
  ids: fc.array(fc.constantFrom(...agentIds), { maxLength: 10 }),
  asks: fc.constantFrom(...Object.values(selections)),
});

type Field = typeof field extends fc.Arbitrary<infer T> ? T : never;

interface AnsweredAgent {
  readonly id: string;
  readonly status: { readonly reason?: { readonly id: string; readonly text: string } | null } | null;
}

describe("any number of fields of any agents", () => {
  const gateway = useTestGateway();

  /** The reason the agent gives, be there one of that id or not. */
  const givenReason = (accountId: string, id: string) =>
    gateway.emulator.state.account(accountId).agents.find(id)?.reasonId;

  function reasonOf(accountId: string, id: string) {
    const given = givenReason(accountId, id);
    const reasons = gateway.emulator.state.account(accountId).reasons.list(true);
    const reason = reasons.find((candidate) => String(candidate.id) === given);
    return reason ? { id: String(reason.id), text: reason.text } : null;
  }

  async function ask(fields: readonly Field[]): Promise<AnsweredAgent[][]> {
    gateway.emulator.reset();
    gateway.emulator.state.tokens.add("both-accounts", { reads: accounts, writes: [], activity: [] });
    const variables = Object.fromEntries(fields.map(({ ids }, index) => [`ids${index}`, ids]));
    const declared = fields.map((_, index) => `, $ids${index}: [ID!]!`).join("");
    const selected = fields.map(
      ({ accountId, asks }, index) =>
        `f${index}: agents(accountId: "${accountId}", ids: $ids${index}) { id status { ${asks.selection} } }`,
    );
    const query = `query ($yes: Boolean!${declared}) {
        __typename @include(if: $yes)
        ${selected.join(" ")}
        unasked: agents(accountId: "1", ids: []) { status { ...Why } }
      }
      fragment Why on AgentStatus { state reason { id text } }`;
    const data = dataOf(
      await gateway.query(query, { yes: true, ...variables }, { token: "both-accounts" }),
    ) as Record<string, AnsweredAgent[]>;
    return fields.map((_, index) => data[`f${index}`] ?? []);
  }

  /** The upstream calls about an account: views, by-id calls, lists. */
  function callsOf(accountId: string): number[] {
    const paths = gateway.emulator.journal.requests
      .map(({ path }) => path)
      .filter((path) => path.includes(`/account/${accountId}/`));
    return [/agent_view/, /status-reasons\/\d/, /status-reasons$/].map(
      (kind) => paths.filter((path) => kind.test(path)).length,
    );
  }

  it("answers each in the order asked, repeats kept, with one view and one look-up of reasons an account", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(field, { minLength: 1, maxLength: 4 }), async (fields) => {
        const answers = await ask(fields);
        expect(answers.map((agents) => agents.map(({ id }) => id))).toEqual(fields.map(({ ids }) => ids));
        fields.forEach(({ accountId, ids, asks }, index) => {
          const reasons = answers[index]?.map(({ status }) => status?.reason ?? null);
          expect(reasons).toEqual(ids.map((id) => (asks.selects ? reasonOf(accountId, id) : null)));
        });
        for (const accountId of accounts) {
          const mine = fields.filter((one) => one.accountId === accountId);
          const given = mine
            .filter(({ asks }) => asks.selects)
            .flatMap(({ ids }) => ids.flatMap((id) => givenReason(accountId, id) ?? []));
          const count = new Set(given).size;
          const views = mine.some(({ ids }) => ids.length > 0) ? 1 : 0;
          expect(callsOf(accountId)).toEqual([views, count === 1 ? 1 : 0, count > 1 ? 1 : 0]);
        }
      }),
    );
  });
});
