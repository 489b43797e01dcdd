import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { startEmulator } from "../../../../src/emulator/emulator.js";
import type { Emulator } from "../../../../src/emulator/emulator.js";
import { emulatorAccountId as accountId, emulatorReasonIds } from "../../../../src/emulator/seed/seed.js";
import { DiscoveredDirectory } from "../../../../src/upstream/access/discovery/discovered-directory.js";
import { DomainApi } from "../../../../src/upstream/access/discovery/domain.api.js";
import { createCaller } from "../../../support/upstream-caller.js";
import type { UpstreamCaller } from "../../../support/upstream-caller.js";
import { dataOf, errorOf, startTestGateway } from "../../../support/gateway.js";
import type { TestGateway } from "../../../support/gateway.js";

const env = { UPSTREAM: "liveperson" };
const hour = 60 * 60 * 1000;
const read = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;
const write = `mutation { deleteStatusReason(accountId: "${accountId}", id: "${emulatorReasonIds.lunch}") { revision } }`;
const agents = `{ liveAgents(accountId: "${accountId}") { totalCount } }`;
const lookups = { path: "/baseURI.json" };
const reasons = { path: "/status-reasons" };

let now: number;
let gateway: TestGateway;
let domain: Emulator;
let other: Emulator;

beforeEach(async () => {
  now = Date.now();
  gateway = await startTestGateway(env, { now: () => now });
  domain = gateway.emulator;
  other = await startEmulator({ now: () => now });
});
afterEach(async () => {
  await gateway.stop();
  await other.stop();
});

function move(
  service: Parameters<ReturnType<typeof domain.state.account>["moveService"]>[0],
  to: string,
): void {
  domain.state.account(accountId).moveService(service, to);
}

const hostOf = ({ origin }: { origin: string }): string => new URL(origin).host;

describe("each operation goes to the host of its service", () => {
  it.each([
    ["accountConfigReadOnly", read, "GET"],
    ["accountConfigReadWrite", write, "DELETE"],
    ["agentManagerWorkspace", agents, "POST"],
  ] as const)("%s", async (service, query, method) => {
    move(service, hostOf(other));
    dataOf(await gateway.query(query));
    expect(other.journal.requests.map((request) => request.method)).toEqual([method]);
    expect(domain.journal.count({ method, path: reasons.path })).toBe(0);
    expect(domain.journal.select({ path: `/service/${service}/baseURI.json` })).toEqual([
      expect.objectContaining({ query: { version: "1.0" } }),
    ]);
  });

  it("asks the Domain API without the token, under the caller's request id", async () => {
    dataOf(await gateway.query(read, {}, { headers: { "x-request-id": "mine" } }));
    const [lookup] = domain.journal.select(lookups);
    expect(lookup?.headers).not.toHaveProperty("authorization");
    expect(lookup?.headers["x-request-id"]).toBe("mine");
  });
});

describe("an answer of the Domain API", () => {
  it("is shared by all who wait for it, and kept for an hour", async () => {
    domain.faults.add({ match: lookups, times: 1, latencyMs: 60_000 });
    const answers = Array.from({ length: 20 }, () => gateway.query(read));
    await domain.journal.whenReceived(lookups);
    domain.faults.clear();
    for (const answer of await Promise.all(answers)) dataOf(answer);
    now += hour * 0.79;
    dataOf(await gateway.query(read));
    expect(domain.journal.count(lookups)).toBe(1);
  });

  it("is refreshed in the background shortly before it expires", async () => {
    dataOf(await gateway.query(read));
    move("accountConfigReadOnly", hostOf(other));
    domain.faults.add({ match: lookups, times: 1, latencyMs: 60_000 });
    now += hour * 0.85;
    // Nobody waits for the look-up, which is held up here.
    for (let query = 0; query < 3; query += 1) dataOf(await gateway.query(read));
    await domain.journal.whenReceived(lookups, 2);
    expect(domain.journal.count(reasons)).toBe(4);
    domain.faults.clear();
    while (other.journal.count(reasons) === 0) dataOf(await gateway.query(read));
    expect(domain.journal.count(lookups)).toBe(2);
  });

  it("is still used while it cannot be refreshed", async () => {
    dataOf(await gateway.query(read));
    domain.faults.add({ match: lookups, status: 503 });
    now += hour * 2;
    dataOf(await gateway.query(read));
    dataOf(await gateway.query(read));
    expect(domain.journal.count(lookups)).toBe(2);
    expect(gateway.log.text()).toContain("could not be looked up again");
    domain.faults.clear();
    move("accountConfigReadOnly", hostOf(other));
    now += 5_000;
    dataOf(await gateway.query(read));
    expect(other.journal.count(reasons)).toBe(1);
  });

  it("is asked for again when nothing answers at the host any more", async () => {
    move("accountConfigReadOnly", hostOf(other));
    dataOf(await gateway.query(read));
    await other.stop();
    move("accountConfigReadOnly", hostOf(domain));
    await gateway.query(read);
    dataOf(await gateway.query(read));
    expect(domain.journal.count(lookups)).toBe(2);
  });
});

describe("what cannot be found", () => {
  it.each([400, 401, 404] as const)(
    "is NOT_FOUND naming the account after a %i, for a while",
    async (status) => {
      domain.state.edition.unknownServiceStatus = status;
      const unknown = '{ statusReasons(accountId: "99999999") { totalCount } }';
      for (let times = 0; times < 2; times += 1) {
        const { message, extensions } = errorOf(await gateway.query(unknown));
        expect(message).toBe("There is no account 99999999.");
        expect(extensions).toMatchObject({
          code: "NOT_FOUND",
          retryable: false,
          upstream: { service: "domain", operation: "getBaseUri", status },
        });
      }
      expect(domain.journal.count(lookups)).toBe(1);
      now += 10_000;
      await gateway.query(unknown);
      expect(domain.journal.count(lookups)).toBe(2);
    },
  );

  it.each([
    ["an outage", { status: 503 }, "UPSTREAM_UNAVAILABLE"],
    ["a reset", { reset: "before" }, "UPSTREAM_UNAVAILABLE"],
    ["too many requests", { status: 429 }, "RATE_LIMITED"],
    ["a page of HTML", { status: 200, body: "<html></html>" }, "UPSTREAM_INVALID_RESPONSE"],
    ["another shape", { status: 200, body: '{"baseURI":1}' }, "UPSTREAM_INVALID_RESPONSE"],
    ["a cut-off answer", { truncate: true }, "UPSTREAM_INVALID_RESPONSE"],
    ["a redirect", { status: 302, headers: { location: "/" } }, "UPSTREAM_INVALID_RESPONSE"],
  ] as const)("by %s of the Domain API is its fault", async (_what, fault, code) => {
    domain.faults.add({ match: lookups, ...fault });
    const { extensions } = errorOf(await gateway.query(read));
    expect(extensions).toMatchObject({ code, upstream: { service: "domain", operation: "getBaseUri" } });
    expect(domain.journal.count(reasons)).toBe(0);
    domain.faults.clear();
    dataOf(await gateway.query(read));
  });

  it("in time is UPSTREAM_TIMEOUT", async () => {
    const hurried = await startTestGateway({ ...env, UPSTREAM_TIMEOUT_MS: "50" });
    hurried.emulator.faults.add({ match: lookups, hang: true });
    expect(errorOf(await hurried.query(read)).extensions).toMatchObject({
      code: "UPSTREAM_TIMEOUT",
      upstream: { service: "domain", operation: "getBaseUri" },
    });
    await hurried.stop();
  });

  it("in the time of the first of them is found for one who joined late, and looked up anew after that", async () => {
    const logger = gateway.log.logger;
    const directory = new DiscoveredDirectory({
      domain: new DomainApi(domain.origin),
      protocol: "http:",
      allowed: { patterns: [], loopback: true },
      ttlMs: hour,
      timeoutMs: 20,
      now: () => now,
      logger,
    });
    const lookUp = ({ call }: UpstreamCaller) => directory.originOf(accountId, "agentVep", call);
    domain.faults.add({ match: lookups, times: 1, latencyMs: 60_000 });
    const first = createCaller();
    const late = createCaller();
    const joined = [lookUp(first), lookUp(late)];
    await domain.journal.whenReceived(lookups);
    const joining: Promise<string>[] = [];
    while (domain.journal.count(lookups) < 2) {
      joining.push(lookUp(createCaller()));
      await new Promise(setImmediate);
    }
    first.expire();
    await expect(joined[0]).rejects.toMatchObject({ fault: "timeout", operation: { service: "domain" } });
    domain.faults.clear();
    for (const found of [joined[1], ...joining]) await expect(found).resolves.toBe(domain.origin);
    expect(domain.journal.count(lookups)).toBe(2);
  });

  it("is not found by others either if the first of them leaves", async () => {
    domain.faults.add({ match: lookups, times: 1, latencyMs: 60_000 });
    const leaving = new AbortController();
    const left = expect(gateway.query(read, {}, { signal: leaving.signal })).rejects.toThrow();
    await domain.journal.whenReceived(lookups);
    const staying = gateway.query(read);
    leaving.abort();
    await left;
    domain.faults.clear();
    dataOf(await staying);
    expect(domain.journal.count(lookups)).toBe(1);
  });
});

describe("the token stays home", () => {
  it.each([
    "http://HOST",
    "user:secret@HOST",
    "HOST/path",
    "HOST.",
    "10.0.0.1",
    "liveperson.net.evil.example",
    "",
  ])("with the base URI %j", async (pattern) => {
    move("accountConfigReadOnly", pattern.replace("HOST", hostOf(other)));
    const answer = await gateway.query(read);
    expect(errorOf(answer).extensions).toMatchObject({ code: "UPSTREAM_INVALID_RESPONSE" });
    expect(answer.text).not.toMatch(/127\.0\.0|10\.0\.0\.1|evil|secret/);
    expect(other.journal.requests).toEqual([]);
    expect(domain.journal.count(reasons)).toBe(0);
    const [refusal] = gateway.log.lines().filter(({ level }) => level === 50);
    expect(refusal).toMatchObject({
      accountId,
      service: "accountConfigReadOnly",
      reason: expect.any(String) as string,
    });
    expect(gateway.log.text()).not.toMatch(/emulator-admin-token|secret/);
  });

  it("where this machine is not among the hosts that are listed", async () => {
    const strict = await startTestGateway({ ...env, UPSTREAM_ALLOWED_HOSTS: "*.liveperson.net" });
    expect(errorOf(await strict.query(read)).extensions).toMatchObject({ code: "UPSTREAM_INVALID_RESPONSE" });
    expect(strict.emulator.journal.count(reasons)).toBe(0);
    await strict.stop();
  });

  it("when the upstream redirects", async () => {
    const requests: unknown[] = [];
    const elsewhere = createServer((request, response) => {
      requests.push(request.headers);
      response.end("[]");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => elsewhere.once("listening", resolve));
    const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    domain.faults.add({ match: reasons, status: 307, headers: { location } });
    expect(errorOf(await gateway.query(read)).extensions).toMatchObject({
      code: "UPSTREAM_INVALID_RESPONSE",
    });
    expect(requests).toEqual([]);
    await new Promise((resolve) => elsewhere.close(resolve));
  });
});
