import { setImmediate } from "node:timers/promises";

import fc from "fast-check";

import type { Revised } from "../../../../src/upstream/api/revision.js";
import type { StatusReasonApi } from "../../../../src/upstream/api/status-reason.api.js";
import { fixedOrigin } from "../../../../src/upstream/http/service-directory.js";
import type { StatusReasonRecord } from "../../../../src/upstream/api/status-reason.record.js";
import { UpstreamError } from "../../../../src/upstream/http/upstream-error.js";
import { createUpstream } from "../../../../src/upstream/upstream.js";
import type { Upstream } from "../../../../src/upstream/upstream.js";
import { sendJson, startScriptedUpstream } from "../../../support/scripted-upstream.js";
import type { ScriptedExchange, ScriptedUpstream } from "../../../support/scripted-upstream.js";
import { createCaller } from "../../../support/upstream-caller.js";
import type { UpstreamCaller } from "../../../support/upstream-caller.js";

const accounts = ["account_1", "account_2"] as const;
const tokens = ["token-a", "token-b", "token-c"] as const;
const brunch = { text: "Brunch", state: "AWAY", enabled: true } as const;

type Ending = "answer" | "fail" | "refuse" | "reset" | "cut off";

/** One thing that happens. Numbers pick one of those who wait, or of the requests that wait, at that time. */
type Step =
  | { readonly kind: "read"; readonly token: string; readonly accountId: string }
  | { readonly kind: "write"; readonly accountId: string }
  | { readonly kind: "leave" | "expire"; readonly which: number }
  | { readonly kind: "end"; readonly which: number; readonly ending: Ending }
  | { readonly kind: "pass"; readonly turns: number };

const which = fc.nat({ max: 20 });
const accountId = fc.constantFrom(...accounts);
const ending = fc.constantFrom<Ending>("answer", "answer", "fail", "refuse", "reset", "cut off");
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      token: fc.constantFrom(...tokens),
      accountId,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("write" as const), accountId }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("leave" as const, "expire" as const), which }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("end" as const), which, ending }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("pass" as const), turns: fc.nat({ max: 6 }) }) },
);

/** Somebody who asked, and what they were told. */
interface Asked {
  readonly token: string;
  readonly accountId: string;
  /** Writes to the account that were reported done when the question was asked. */
  readonly writesBefore: number;
  readonly caller: UpstreamCaller;
  readonly told: Promise<Revised<readonly StatusReasonRecord[]> | UpstreamError>;
}

/** Counts by account. */
class Tally {
  readonly #counts = new Map<string, number>();

  of(account: string): number {
    return this.#counts.get(account) ?? 0;
  }

  add(account: string): void {
    this.#counts.set(account, this.of(account) + 1);
  }
}

/** The upstream's side: each answer says whose token fetched it, and how many writes it knows of. */
class Script {
  /** Requests that wait for their answer, oldest first. */
  readonly waiting: ScriptedExchange[] = [];
  readonly applied = new Tally();
  /** Writes whose success the gateway has reported. */
  readonly reported = new Tally();

  end(exchange: ScriptedExchange, how: Ending): void {
    this.waiting.splice(this.waiting.indexOf(exchange), 1);
    const { request, response } = exchange;
    if (how === "fail") response.writeHead(503).end();
    else if (how === "refuse") response.writeHead(403).end();
    else if (how === "reset") request.socket.resetAndDestroy();
    else if (how === "cut off") response.writeHead(200).end("[");
    else if (request.method === "GET") this.#tell(exchange);
    else this.#apply(exchange);
  }

  #apply(exchange: ScriptedExchange): void {
    this.applied.add(accountOf(exchange));
    sendJson(exchange, { id: 1, text: "Brunch", state: "Away", enabled: true, deleted: false });
  }

  #tell(exchange: ScriptedExchange): void {
    const { request } = exchange;
    const text = `${request.headers.authorization ?? ""} of ${accountOf(exchange)}`;
    const reason = { id: 1, text, state: "Away", enabled: true, deleted: false };
    sendJson(exchange, [reason], { "ac-revision": String(seen.get(exchange) ?? 0) });
  }
}

/** The writes known when each request came: a slow answer tells old news. */
const seen = new WeakMap<ScriptedExchange, number>();

function accountOf({ request }: ScriptedExchange): string {
  return /account\/(\w+)\//.exec(request.url ?? "")?.[1] ?? "";
}

describe("shared reads", () => {
  let upstream: ScriptedUpstream;
  let script: Script;
  beforeAll(async () => {
    upstream = await startScriptedUpstream((exchange) => {
      seen.set(exchange, script.applied.of(accountOf(exchange)));
      script.waiting.push(exchange);
    });
  });
  afterAll(() => upstream.stop());

  function ask(api: StatusReasonApi, token: string, account: string): Asked {
    const caller = createCaller(token);
    const told = api.list(caller.call, account, false).catch((error: unknown) => {
      if (error instanceof UpstreamError) return error;
      throw error;
    });
    return { token, accountId: account, writesBefore: script.reported.of(account), caller, told };
  }

  function write(api: StatusReasonApi, account: string): void {
    const { call } = createCaller("writer");
    const report = () => {
      script.reported.add(account);
    };
    api.create(call, account, brunch).then(report, () => undefined);
  }

  async function take(steps: readonly Step[], api: StatusReasonApi): Promise<Asked[]> {
    const asked: Asked[] = [];
    for (const happening of steps) {
      if (happening.kind === "read") asked.push(ask(api, happening.token, happening.accountId));
      if (happening.kind === "write") write(api, happening.accountId);
      if (happening.kind === "leave") asked[happening.which % asked.length]?.caller.leave();
      if (happening.kind === "expire") asked[happening.which % asked.length]?.caller.expire();
      if (happening.kind === "pass")
        for (let turn = 0; turn < happening.turns; turn += 1) await setImmediate();
      if (happening.kind === "end") {
        const exchange = script.waiting[happening.which % script.waiting.length];
        if (exchange !== undefined) script.end(exchange, happening.ending);
      }
    }
    return asked;
  }

  /** Answers whatever still comes until everybody was told something. */
  async function settle(asked: readonly Asked[]): Promise<void> {
    const open = new Set(asked);
    for (const one of asked) void one.told.finally(() => open.delete(one));
    while (open.size > 0) {
      for (const exchange of [...script.waiting]) script.end(exchange, "answer");
      await setImmediate();
    }
  }

  /** Lets the writes that nobody asked about end, too. */
  async function closing(client: Upstream): Promise<void> {
    const closed = new Set([client]);
    void client.close().finally(() => closed.delete(client));
    while (closed.size > 0) {
      for (const exchange of [...script.waiting]) script.end(exchange, "answer");
      await setImmediate();
    }
  }

  it("tell nobody what another's token fetched, or what was true before a write they know of", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        script = new Script();
        const resilience = { backoffBaseMs: 1, circuitFailures: 1_000_000 };
        const client = createUpstream({
          directory: fixedOrigin(upstream.origin),
          apiVersion: "1.0",
          resilience,
        });
        const asked = await take(steps, client.statusReasons);
        await settle(asked);
        for (const { token, accountId: account, writesBefore, told } of asked) {
          const answer = await told;
          if (answer instanceof UpstreamError) continue;
          expect(answer.value.map(({ text }) => text)).toEqual([`Bearer ${token} of ${account}`]);
          expect(Number(answer.revision)).toBeGreaterThanOrEqual(writesBefore);
        }
        await closing(client);
      }),
      { numRuns: 150 },
    );
  });

  it("fail nobody for another's leaving", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 2, maxLength: 20 }), async (leaves) => {
        script = new Script();
        const client = createUpstream({ directory: fixedOrigin(upstream.origin), apiVersion: "1.0" });
        const asked = leaves.map(() => ask(client.statusReasons, "token-a", "account_1"));
        await setImmediate();
        leaves.forEach((isLeaving, index) => {
          if (isLeaving) asked[index]?.caller.leave();
        });
        await settle(asked);
        const failed = await Promise.all(
          asked.map(async ({ told }) => (await told) instanceof UpstreamError),
        );
        expect(failed).toEqual(leaves);
        await client.close();
      }),
      { numRuns: 50 },
    );
  });
});
