import { connect } from "node:net";

import { emulatorAccountId, emulatorReasonIds } from "../../src/emulator/seed/seed.js";
import { errorOf, startTestGateway } from "../support/gateway.js";

const count = `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;

describe("/readyz", () => {
  it.each([
    [{}, true, 200, "ready"],
    [{ READYZ_FAILS_ON_OPEN_CIRCUIT: "true" }, false, 200, "ready"],
    [{ READYZ_FAILS_ON_OPEN_CIRCUIT: "true" }, true, 503, "upstream circuit open"],
  ])("with %j and a circuit that is open: %p answers %d", async (env, isOpen, status, word) => {
    const gateway = await startTestGateway(env, { isCircuitOpen: () => isOpen });
    const response = await fetch(`${gateway.origin}/readyz`);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ status: word });
    await gateway.stop();
  });
});

describe("stopping", () => {
  it("waits for no connection that has nothing to say", async () => {
    const gateway = await startTestGateway();
    const { hostname, port } = new URL(gateway.origin);
    const socket = connect(Number(port), hostname);
    const closed = new Promise((resolve) => socket.once("close", resolve).on("error", () => undefined));
    socket.write("GET /livez HTTP/1.1\r\nhost: a\r\n\r\n");
    await new Promise((resolve) => socket.once("data", resolve));
    await gateway.stop();
    await closed;
  });

  it("waits for no connection that nothing was ever sent on", async () => {
    const gateway = await startTestGateway();
    const { hostname, port } = new URL(gateway.origin);
    const socket = connect(Number(port), hostname).resume();
    const closed = new Promise((resolve) => socket.once("close", resolve).on("error", () => undefined));
    await fetch(`${gateway.origin}/livez`);
    await gateway.stop();
    await closed;
    expect(gateway.log.text()).not.toContain("cutting");
  });

  it("cuts a client that does not end its request", async () => {
    const gateway = await startTestGateway({ SHUTDOWN_TIMEOUT_MS: "100" });
    const { hostname, port } = new URL(gateway.origin);
    const socket = connect(Number(port), hostname);
    const closed = new Promise((resolve) => socket.once("close", resolve).on("error", () => undefined));
    socket.write(
      "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n",
    );
    socket.resume();
    await fetch(`${gateway.origin}/livez`);
    await gateway.stop();
    await closed;
    expect(gateway.log.text()).toContain("cutting the requests still in flight");
  });

  it("answers what it cuts, a read as one to try again and a write as one whose outcome is open", async () => {
    const gateway = await startTestGateway({ SHUTDOWN_TIMEOUT_MS: "100" });
    gateway.emulator.faults.add({ hang: true });
    const read = gateway.query(count);
    const create = `mutation { createStatusReason(accountId: "${emulatorAccountId}", input: { text: "x" }) { revision } }`;
    const write = gateway.query(create);
    await gateway.emulator.journal.whenReceived({}, 2);
    await gateway.stop();
    for (const [answer, retryable] of [
      [await read, true],
      [await write, false],
    ] as const) {
      expect(errorOf(answer).message).toContain("The gateway is stopping");
      expect(errorOf(answer).extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable });
    }
  });

  it("lets a batch of writes end, and says of one that it cuts what it has not tried", async () => {
    const ids = [emulatorReasonIds.lunch, emulatorReasonIds.training];
    const remove = `mutation ($ids: [ID!]!) {
      deleteStatusReasons(accountId: "${emulatorAccountId}", input: { ids: $ids }) { results { outcome } }
    }`;
    const outcomes = (...all: string[]) => ({
      deleteStatusReasons: { results: all.map((outcome) => ({ outcome })) },
    });
    let gateway = await startTestGateway();
    gateway.emulator.faults.add({ match: { method: "DELETE" }, latencyMs: 3_600_000 });
    let written = gateway.query(remove, { ids });
    await gateway.emulator.journal.whenReceived({ method: "DELETE" });
    let stopped = gateway.stop();
    gateway.emulator.faults.clear();
    expect((await written).data).toEqual(outcomes("DONE", "DONE"));
    await stopped;

    gateway = await startTestGateway({ SHUTDOWN_TIMEOUT_MS: "100" });
    gateway.emulator.faults.add({ match: { method: "DELETE" }, hang: true });
    written = gateway.query(remove, { ids });
    await gateway.emulator.journal.whenReceived({ method: "DELETE" });
    stopped = gateway.stop();
    expect((await written).data).toEqual(outcomes("UNKNOWN", "NOT_TRIED"));
    await stopped;
  });
});
