import { connect } from "node:net";

import { startEmulator } from "../../src/emulator/emulator.js";
import type { Fault } from "../../src/emulator/faults/faults.js";
import { emulatorReasonIds } from "../../src/emulator/seed/seed.js";

import { reasonsPath, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const list = (): Promise<EmulatorResponse> => running.call(reasonsPath());
const create = (text: string): Promise<EmulatorResponse> =>
  running.call(reasonsPath(), { method: "POST", body: { text, state: "Away" } });

interface NetworkFailure {
  cause?: { code?: string };
}

/** What the network said when a call failed; undefined: it did not fail, or not through the network. */
async function failureOf(call: Promise<unknown>): Promise<string | undefined> {
  const failure = await call.then(
    (): NetworkFailure => ({}),
    (error: unknown) => error as NetworkFailure,
  );
  return failure.cause?.code;
}

describe("a status", () => {
  test("is answered byte for byte, with no header of the upstream's", async () => {
    const headers = { "content-type": "text/html", "retry-after": "2" };
    running.emulator.faults.add({ status: 503, body: "<h1>Busy</h1>", headers });
    const answer = await list();
    expect([answer.status, answer.text]).toEqual([503, "<h1>Busy</h1>"]);
    expect(answer.headers.get("retry-after")).toBe("2");
    expect(answer.headers.get("content-type")).toBe("text/html");
    expect(answer.headers.get("ac-revision")).toBeNull();
  });

  test("may have no body, and keeps a write from happening", async () => {
    running.emulator.faults.add({ status: 500 });
    expect(await create("Gym")).toMatchObject({ status: 500, text: "" });
    expect(running.emulator.journal.writes).toEqual([]);
  });
});

describe("a reset", () => {
  test("before: the write has not happened", async () => {
    running.emulator.faults.add({ reset: "before" });
    expect(await failureOf(create("Gym"))).toBe("ECONNRESET");
    expect(running.emulator.journal.writes).toEqual([]);
  });

  test("early: the write happens all the same, when its time has come", async () => {
    const { faults, journal } = running.emulator;
    faults.add({ reset: "early", latencyMs: 600_000 });
    expect(await failureOf(create("Gym"))).toBe("ECONNRESET");
    expect(journal.writes).toEqual([]);
    faults.clear();
    await list();
    expect(journal.writes).toMatchObject([{ kind: "create", reason: { text: "Gym" } }]);
    expect(journal.requests[0]?.status).toBeUndefined();
  });

  test("after: the write has happened", async () => {
    running.emulator.faults.add({ reset: "after" });
    expect(await failureOf(create("Gym"))).toBe("ECONNRESET");
    expect(running.emulator.journal.writes).toMatchObject([{ kind: "create", reason: { text: "Gym" } }]);
    expect(running.emulator.journal.requests[0]?.status).toBeUndefined();
  });
});

test("a truncated answer has the right head and half of the body", async () => {
  const whole = await list();
  running.emulator.faults.add({ truncate: true });
  const response = await fetch(running.emulator.origin + reasonsPath(), {
    headers: { authorization: "Bearer emulator-admin-token" },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("ac-revision")).toBe("17890");
  expect(response.headers.get("content-type")).toBe(whole.headers.get("content-type"));
  expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength(whole.text)));
  const [chunk, failure] = await readUntilFailure(response);
  expect(chunk.length).toBeGreaterThan(0);
  expect(whole.text.startsWith(chunk)).toBe(true);
  expect(failure).toHaveProperty("name", "TypeError");
});

/** What arrived of a body, and why no more did. */
async function readUntilFailure(response: Response): Promise<[string, unknown]> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk as Uint8Array);
    return [Buffer.concat(chunks).toString(), undefined];
  } catch (failure) {
    return [new TextDecoder().decode(Buffer.concat(chunks), { stream: true }), failure];
  }
}

test("an answer without a body that is truncated is a reset", async () => {
  running.emulator.faults.add({ truncate: true });
  const headers = { "if-match": "-1" };
  const path = reasonsPath(`/${emulatorReasonIds.lunch}`);
  expect(await failureOf(running.call(path, { method: "DELETE", headers }))).toBe("ECONNRESET");
});

describe("a hang", () => {
  test("lasts until the faults are cleared, and is never processed", async () => {
    running.emulator.faults.add({ hang: true });
    const call = failureOf(create("Gym"));
    await running.emulator.journal.whenReceived({ method: "POST" });
    running.emulator.faults.clear();
    expect(await call).toBe("UND_ERR_SOCKET");
    expect(running.emulator.journal.writes).toEqual([]);
    expect((await list()).status).toBe(200);
  });

  test("lets the client give up", async () => {
    running.emulator.faults.add({ hang: true, times: 1 });
    const controller = new AbortController();
    const call = fetch(running.emulator.origin + reasonsPath(), { signal: controller.signal });
    await running.emulator.journal.whenReceived();
    controller.abort();
    await expect(call).rejects.toThrow("abort");
    expect((await list()).status).toBe(200);
  });

  test("does not keep the emulator from stopping", async () => {
    const emulator = await startEmulator();
    emulator.faults.add({ hang: true });
    const call = failureOf(fetch(emulator.origin));
    await emulator.journal.whenReceived();
    await emulator.stop();
    expect(await call).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  });
});

test("latency ends when the faults are cleared, and the request is then processed", async () => {
  running.emulator.faults.add({ latencyMs: 3_600_000 });
  const call = create("Gym");
  await running.emulator.journal.whenReceived();
  expect(running.emulator.journal.writes).toEqual([]);
  running.emulator.faults.clear();
  expect((await call).status).toBe(201);
});

test("latency ends by itself, and goes with an effect", async () => {
  running.emulator.faults.add({ latencyMs: 1, status: 504 });
  expect((await list()).status).toBe(504);
});

describe("faults", () => {
  const statusesOf = async (count: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let calls = 0; calls < count; calls += 1) statuses.push((await list()).status);
    return statuses;
  };

  test("are consumed in order", async () => {
    running.emulator.faults.add({ status: 500, times: 1 }, { status: 502, times: 2 });
    expect(running.emulator.faults.pending).toHaveLength(2);
    expect(await statusesOf(4)).toEqual([500, 502, 502, 200]);
    expect(running.emulator.faults.pending).toEqual([]);
  });

  test("last until cleared where no number of times is given", async () => {
    running.emulator.faults.add({ status: 500 });
    expect(await statusesOf(3)).toEqual([500, 500, 500]);
    running.emulator.faults.clear();
    expect(await statusesOf(1)).toEqual([200]);
  });

  test.each<[string, NonNullable<Fault["match"]>, number]>([
    ["the method", { method: "GET" }, 503],
    ["another method", { method: "POST" }, 200],
    ["a part of the path", { path: "/status-reasons" }, 503],
    ["a part of the query", { path: "v=1.0" }, 503],
    ["another path", { path: "/agent_view" }, 200],
    ["the method, but another path", { method: "GET", path: "/agent_view" }, 200],
  ])("are for requests that match %s", async (_what, match, status) => {
    running.emulator.faults.add({ match, status: 503 });
    expect((await list()).status).toBe(status);
  });

  test("hit routes that do not exist, too", async () => {
    running.emulator.faults.add({ status: 503, times: 1 });
    expect((await running.call("/nowhere")).status).toBe(503);
    expect((await running.call("/nowhere")).status).toBe(404);
  });

  test("have one effect at most", () => {
    const fault: Fault = { status: 500, hang: true };
    expect(() => {
      running.emulator.faults.add(fault);
    }).toThrow(RangeError);
    expect(running.emulator.faults.pending).toEqual([]);
  });
});

test("a client that goes away in the middle of its request does no harm", async () => {
  const { port, hostname } = new URL(running.emulator.origin);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST ${reasonsPath()} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 100\r\n\r\n{`,
        () => {
          socket.destroy();
        },
      );
    });
    socket.once("close", () => {
      resolve();
    });
  });
  expect((await list()).status).toBe(200);
});
