import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { dataOf, figureOf, post, startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";
import { openRaw, sendRaw } from "../support/raw-http.js";
import type { RawConnection } from "../support/raw-http.js";

const query = `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;
const body = JSON.stringify({ query });

/** A POST as it is on the wire, but for its body. */
function head(length: number, ...more: readonly string[]): string {
  const lines = [
    "POST /graphql HTTP/1.1",
    "host: a",
    "content-type: application/json",
    `authorization: Bearer ${emulatorTokens.admin}`,
    `content-length: ${length}`,
    ...more,
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

const whole = head(body.length) + body;

/** The same request, as long as wanted. */
function padded(length: number): string {
  return body + " ".repeat(length - body.length);
}

jest.setTimeout(30_000);

describe("a crowd of strangers", () => {
  let gateway: TestGateway;
  let connections: RawConnection[] = [];
  afterEach(async () => {
    for (const connection of connections) connection.destroy();
    connections = [];
    await gateway.stop();
  });

  async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    gateway = await startTestGateway(env);
    // The gateway knows the query, from clients like these and like `fetch`.
    for (const text of [body, body]) dataOf(await post(gateway.url, text));
    await sendRaw(gateway.origin, head(body.length, "connection: close") + body);
  }

  async function open(count: number, bytes: string): Promise<RawConnection[]> {
    const opened: RawConnection[] = [];
    for (let index = 0; index < count; index += 1) {
      const connection = await openRaw(gateway.origin);
      opened.push(connection);
      connections.push(connection);
      if (bytes !== "") await connection.write(bytes);
    }
    return opened;
  }

  /** A query that is known, one that is not, and one by GET are answered. */
  async function expectService(): Promise<void> {
    dataOf(await post(gateway.url, body));
    dataOf(await gateway.query(`${query} # ${Math.random()}`));
    const headers = {
      authorization: `Bearer ${emulatorTokens.admin}`,
      "apollo-require-preflight": "1",
      connection: "close",
    };
    const response = await fetch(`${gateway.url}?query=${encodeURIComponent(query)}`, { headers });
    expect(response.status).toBe(200);
    await response.text();
  }

  async function untilFigure(metric: string, isReached: (figure: number) => boolean): Promise<void> {
    while (!isReached(await figureOf(gateway.origin, metric)));
  }

  it.each([
    ["a brace of a body", `${head(99)}{`],
    [
      "a brace of a body without a length",
      `${head(99).replace("content-length: 99", "transfer-encoding: chunked")}1\r\n{\r\n`,
    ],
    ["nothing of a body", head(99)],
    ["half a header", "POST /graphql HTTP/1.1\r\nhost:"],
  ])("of 1,000 that sends %s takes no place", async (_name, bytes) => {
    await start();
    await Promise.all(Array.from({ length: 20 }, () => open(50, bytes)));
    await expectService();
    expect(await figureOf(gateway.origin, "status_reason_gateway_requests_in_flight")).toBe(0);
    expect(
      await figureOf(
        gateway.origin,
        'status_reason_gateway_requests_turned_away_total\\{limit="in_flight"\\}',
      ),
    ).toBe(0);
    for (const connection of connections) connection.destroy();
    await untilFigure("status_reason_gateway_connections", (count) => count < 10);
    expect(await figureOf(gateway.origin, "status_reason_gateway_request_body_bytes")).toBe(0);
  });

  it.each([
    ["nothing", ""],
    ["a brace of a body", `${head(99)}{`],
    ["half a header", "POST /graphql HTTP/1.1\r\nhost:"],
    ["a request, and stays", whole],
  ])("that takes all connections and sends %s makes room for others", async (_name, bytes) => {
    await start({ MAX_CONNECTIONS: "20" });
    const all = await open(60, bytes);
    await expectService();
    expect(await figureOf(gateway.origin, "status_reason_gateway_connections")).toBeLessThanOrEqual(20);
    expect(
      await figureOf(gateway.origin, "status_reason_gateway_connections_dropped_total"),
    ).toBeGreaterThanOrEqual(40);
    // Those who came first go first.
    await Promise.all(all.slice(0, 20).map(({ closed }) => closed));
    const isArriving = bytes.endsWith("{");
    if (isArriving)
      expect(all[0]?.received()).toMatch(/^HTTP\/1\.1 503 [^]*retry-after: 1\r\n[^]*"OVERLOADED"/);
  });

  it("takes no connection from whom an answer is on its way to, and no new one where all are such", async () => {
    await start({ MAX_CONNECTIONS: "5" });
    gateway.emulator.faults.add({ latencyMs: 60_000, times: 5 });
    const calls = gateway.emulator.journal.count();
    const served: RawConnection[] = [];
    for (let index = 0; index < 5; index += 1) {
      const token = `authorization: Bearer ${emulatorTokens.admin}`;
      const bytes = whole.replace(token, `authorization: Bearer own-${index}`);
      served.push(...(await open(1, bytes)));
      await gateway.emulator.journal.whenReceived({}, calls + index + 1);
    }
    const [refused] = await open(1, whole);
    await refused?.closed;
    expect(refused?.received()).toBe("");
    gateway.emulator.faults.clear();
    for (const connection of served) await connection.untilReceived(/\}\s*$/);
    for (const connection of served) expect(connection.received()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("that lets long bodies wait is given up, those first that began first", async () => {
    await start({ MAX_BODIES_BYTES: "300000" });
    const waiting = await open(20, head(100_000) + padded(60_000));
    await waiting[13]?.closed;
    expect(waiting[0]?.received()).toMatch(/^HTTP\/1\.1 503 [^]*retry-after: 1\r\n[^]*"OVERLOADED"/);
    await expectService();
    expect(await figureOf(gateway.origin, "status_reason_gateway_request_body_bytes")).toBeLessThanOrEqual(
      300_000,
    );
    dataOf(await post(gateway.url, padded(200_000)));
    for (const connection of connections) connection.destroy();
    await untilFigure("status_reason_gateway_request_body_bytes", (bytes) => bytes === 0);
  });

  it("that leaves in the middle of bodies leaves nothing behind", async () => {
    await start();
    for (const encoding of ["", "content-encoding: gzip", "x: y"]) {
      await open(20, head(100_000, encoding === "" ? "x: z" : encoding) + padded(60_000));
    }
    await untilFigure("status_reason_gateway_request_body_bytes", (bytes) => bytes >= 60 * 60_000);
    for (const connection of connections) connection.destroy();
    await untilFigure("status_reason_gateway_request_body_bytes", (bytes) => bytes === 0);
    expect(await figureOf(gateway.origin, "status_reason_gateway_requests_in_flight")).toBe(0);
  });

  describe("over one connection", () => {
    it("is answered in order, up to the limit, and turned away past it", async () => {
      await start({ MAX_PIPELINED_REQUESTS: "5" });
      gateway.emulator.faults.add({ latencyMs: 60_000, times: 1 });
      const calls = gateway.emulator.journal.count();
      const [connection] = await open(1, whole.repeat(8));
      await gateway.emulator.journal.whenReceived({}, calls + 1);
      gateway.emulator.faults.clear();
      await connection?.untilReceived(/(?:HTTP\/1\.1 [^]*){8}\}\s*$/);
      const statuses = [...(connection?.received() ?? "").matchAll(/HTTP\/1\.1 (\d+)/g)].map(
        ([, code]) => code,
      );
      expect(statuses).toEqual(["200", "200", "200", "200", "200", "503", "503", "503"]);
      const turnedAway = 'status_reason_gateway_requests_turned_away_total\\{limit="pipelined"\\}';
      expect(await figureOf(gateway.origin, turnedAway)).toBe(3);
    });

    it.each(["GET /livez", "GET /metrics", "GET /nowhere"])(
      "is not answered without end, whatever it asks for: %s",
      async (line) => {
        await start({ MAX_PIPELINED_REQUESTS: "5" });
        const asked = `${line} HTTP/1.1\r\nhost: x\r\n\r\n`;
        const [connection] = await open(1, asked.repeat(100));
        await connection?.closed;
        const statuses = [...(connection?.received() ?? "").matchAll(/HTTP\/1\.1 (\d+)/g)].map(
          ([, code]) => code,
        );
        expect(statuses).toHaveLength(5 + 64 + 1);
        expect(statuses.at(-1)).toBe("503");
        expect(connection?.received()).toMatch(/connection: close\r\n[^]*"OVERLOADED"/i);
        expect(await figureOf(gateway.origin, "status_reason_gateway_connections_dropped_total")).toBe(1);
        await expectService();
      },
    );

    it.each([query, `${query} # not known`])("that closes gives back all places: %s", async (text) => {
      await start({ UPSTREAM_TIMEOUT_MS: "60000" });
      gateway.emulator.faults.add({ hang: true });
      const own = JSON.stringify({ query: text });
      const [connection] = await open(1, (head(own.length) + own).repeat(50));
      await untilFigure("status_reason_gateway_requests_in_flight", (count) => count === 50);
      connection?.destroy();
      await untilFigure("status_reason_gateway_requests_in_flight", (count) => count === 0);
      await untilFigure("status_reason_gateway_connections", (count) => count < 10);
    });
  });
});

it("a client that waits for leave to send its body gets it", async () => {
  const gateway = await startTestGateway();
  const connection = await openRaw(gateway.origin);
  await connection.write(head(body.length, "expect: 100-continue", "connection: close"));
  await connection.untilReceived(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
  await connection.write(body);
  await connection.closed;
  expect(connection.received()).toMatch(/\r\n\r\nHTTP\/1\.1 200 [^]*"totalCount"/);
  await gateway.stop();
});
