import fc from "fast-check";

import type { Fault } from "../../src/emulator/faults/faults.js";
import { emulatorAccountId, emulatorReasonIds } from "../../src/emulator/seed/seed.js";
import {
  CreateStatusReasonDocument,
  DeleteStatusReasonDocument,
  StatusReasonDocument,
  UpdateStatusReasonDocument,
} from "../../src/generated/operations.js";
import { holdDeadlines } from "../support/deadlines.js";
import { dataOf, errorOf, startTestGateway, useTestGateway } from "../support/gateway.js";
import type { WireError } from "../support/gateway.js";
import { sendJson, startScriptedUpstream } from "../support/scripted-upstream.js";

const accountId = emulatorAccountId;
const id = emulatorReasonIds.lunch;
const input = { text: "Brunch" };

describe("a write whose connection broke", () => {
  const gateway = useTestGateway();

  const loses = (method: string, reset: Fault["reset"] & string) => {
    gateway.emulator.faults.add({ match: { method }, reset, times: 1 });
  };
  const create = () => gateway.run(CreateStatusReasonDocument, { accountId, input });
  const update = (ifRevision: string | null = null) =>
    gateway.run(UpdateStatusReasonDocument, { accountId, id, input, ifRevision });
  const remove = () => gateway.run(DeleteStatusReasonDocument, { accountId, id });
  const sent = () => gateway.emulator.journal.requests.map(({ method }) => method);
  const written = () => gateway.emulator.journal.writes.length;

  const expectUnknown = ({ message, extensions }: WireError) => {
    expect(message).toMatch(/is unknown/);
    expect(extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: false });
  };
  const looks = Array<string>(6).fill("GET");

  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("%s a create was processed: unknown, and never sent again", async (reset, count) => {
    loses("POST", reset);
    expectUnknown(errorOf(await create()));
    expect(sent()).toEqual(["POST"]);
    expect(written()).toBe(count);
  });

  it("before an update was processed: unknown, after several looks", async () => {
    loses("PUT", "before");
    expectUnknown(errorOf(await update()));
    expect(sent()).toEqual(["GET", "PUT", ...looks]);
    expect(written()).toBe(0);
  });

  it("after an update was processed: done", async () => {
    loses("PUT", "after");
    expect(dataOf(await update()).updateStatusReason).toMatchObject({
      statusReason: { id, text: "Brunch" },
      revision: "17891",
    });
    expect(sent()).toEqual(["GET", "PUT", "GET"]);
    expect(written()).toBe(1);
  });

  it("before a delete was processed: unknown, after several looks", async () => {
    loses("DELETE", "before");
    expectUnknown(errorOf(await remove()));
    expect(sent()).toEqual(["GET", "DELETE", ...looks]);
    expect(written()).toBe(0);
  });

  it("after a delete was processed: done", async () => {
    loses("DELETE", "after");
    expect(dataOf(await remove()).deleteStatusReason).toMatchObject({
      statusReason: { id, text: "Lunch", deleted: true },
      revision: "17891",
    });
    expect(written()).toBe(1);
  });

  it("is looked for through failures", async () => {
    loses("PUT", "after");
    const get = { match: { method: "GET" }, times: 1 };
    gateway.emulator.faults.add({ ...get, latencyMs: 0 }, { ...get, status: 501 }, { ...get, status: 403 });
    expect(dataOf(await update()).updateStatusReason?.revision).toBe("17891");
    expect(sent()).toEqual(["GET", "PUT", "GET", "GET", "GET"]);
  });

  it("is not taken for done where an older revision shows", async () => {
    const reason = { id: Number(id), text: "Brunch", state: "Away", enabled: true, deleted: false };
    loses("PUT", "before");
    gateway.emulator.faults.add(
      { match: { method: "GET" }, times: 1, latencyMs: 0 },
      {
        match: { method: "GET" },
        status: 200,
        body: JSON.stringify(reason),
        headers: { "ac-revision": "17889" },
      },
    );
    expectUnknown(errorOf(await update()));
    expect(written()).toBe(0);
  });

  describe("that is processed all the same, later", () => {
    const kinds = {
      PUT: () => update(),
      DELETE: () => remove(),
    };

    /** Runs a write that is processed as soon as so many looks have come; without: after the answer. */
    async function runLate(method: keyof typeof kinds, position: number | undefined) {
      const { faults, journal } = gateway.emulator;
      const get = { method: "GET" };
      const held = 600_000;
      faults.add({ match: { method }, times: 1, reset: "early", latencyMs: held });
      // The first GET is the read before the write.
      if (position !== undefined) {
        faults.add({ match: get, times: position, latencyMs: 0 }, { match: get, times: 1, latencyMs: held });
      }
      const answering = kinds[method]();
      if (position !== undefined) {
        await journal.whenReceived(get, position + 1);
        faults.clear();
      }
      const { errors } = await answering;
      const writtenByThen = journal.writes.length;
      faults.clear();
      return { errors, writtenByThen };
    }

    it("is never reported as not done, and as done where a look shows it", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom("PUT" as const, "DELETE" as const),
          fc.option(fc.integer({ min: 1, max: looks.length }), { nil: undefined }),
          async (method, position) => {
            gateway.emulator.reset();
            const { errors, writtenByThen } = await runLate(method, position);
            expect(writtenByThen).toBe(position === undefined ? 0 : 1);
            if (position !== undefined) expect(errors).toEqual([]);
            else for (const error of errors) expectUnknown(error);
            expect(errors).toHaveLength(position === undefined ? 1 : 0);
            expect(sent().filter((sentMethod) => sentMethod === method)).toHaveLength(1);
          },
        ),
        { numRuns: 30 },
      );
    });
  });

  it("is unknown where no revision guarded it", async () => {
    loses("PUT", "after");
    expectUnknown(errorOf(await update("-1")));
    expect(sent()).toEqual(["GET", "PUT"]);
  });

  it("is unknown where the look at it fails", async () => {
    loses("PUT", "after");
    const get = { match: { method: "GET" } };
    gateway.emulator.faults.add({ ...get, times: 1, latencyMs: 0 }, { ...get, status: 403 });
    expectUnknown(errorOf(await update()));
    expect(written()).toBe(1);
  });

  it("is unknown where others have written since and it does not show", async () => {
    const lunch = { id: Number(id), text: "Lunch", state: "Away", enabled: true, deleted: false };
    const get = (revision: string) => ({
      match: { method: "GET" },
      times: 1,
      status: 200,
      body: JSON.stringify(lunch),
      headers: { "ac-revision": revision },
    });
    gateway.emulator.faults.add(get("1"), get("2"));
    loses("PUT", "before");
    expectUnknown(errorOf(await update()));
    expect(sent()).toEqual(["GET", "PUT", "GET"]);
  });

  it("is unknown where it looks done but the revision it was sent under was stale", async () => {
    const reason = { id: Number(id), text: "Lunch", state: "Away", enabled: true, deleted: false };
    const get = (text: string, revision: string) => ({
      match: { method: "GET" },
      times: 1,
      status: 200,
      body: JSON.stringify({ ...reason, text }),
      headers: { "ac-revision": revision },
    });
    gateway.emulator.faults.add(get("Lunch", "2"), get("Brunch", "3"));
    loses("PUT", "before");
    expectUnknown(errorOf(await update("1")));
  });

  it("says so also where the time is up", async () => {
    const passDeadlines = holdDeadlines();
    gateway.emulator.faults.add({ match: { method: "POST" }, hang: true });
    const response = create();
    await gateway.emulator.journal.whenReceived({ method: "POST" });
    passDeadlines();
    const { message, extensions } = errorOf(await response);
    expect(message).toMatch(/is unknown/);
    expect(extensions).toMatchObject({ code: "UPSTREAM_TIMEOUT", retryable: false });
  });
});

describe("a kept connection that is killed between two requests", () => {
  it("costs a read one more attempt, and a write nothing: it has a connection of its own", async () => {
    const used = new WeakSet();
    const reason = { id: 1, text: "Lunch", state: "Away", enabled: true, deleted: false };
    const upstream = await startScriptedUpstream((exchange) => {
      const { socket } = exchange.request;
      // As if it had been hung up on while the request was on its way.
      if (used.has(socket)) socket.resetAndDestroy();
      else sendJson(exchange, reason, { "ac-revision": "1" });
      used.add(socket);
    });
    const gateway = await startTestGateway({ UPSTREAM: upstream.origin });
    const read = () => gateway.run(StatusReasonDocument, { accountId, id: "1" });
    const create = () => gateway.run(CreateStatusReasonDocument, { accountId, input });
    for (const run of [read, read, create, create]) dataOf<unknown>(await run());
    expect(upstream.exchanges.map(({ request }) => request.method)).toEqual([
      "GET",
      "GET",
      "GET",
      "POST",
      "POST",
    ]);
    await gateway.stop();
    await upstream.stop();
  });
});
