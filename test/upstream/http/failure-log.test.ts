import { emulatorAccountId } from "../../../src/emulator/seed/seed.js";
import { startTestGateway } from "../../support/gateway.js";
import type { TestGateway, TestGatewayOptions } from "../../support/gateway.js";
import { startScriptedUpstream } from "../../support/scripted-upstream.js";
import type { ScriptedUpstream } from "../../support/scripted-upstream.js";

const query = `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;
const secretPage = "<html>the upstream's own words</html>";

let gateway: TestGateway | undefined;
let upstream: ScriptedUpstream | undefined;

afterEach(async () => {
  await gateway?.stop();
  await upstream?.stop();
  gateway = upstream = undefined;
});

async function start(env: Record<string, string>, options: TestGatewayOptions = {}): Promise<TestGateway> {
  gateway = await startTestGateway(env, { resilience: { maxAttempts: 1 }, ...options });
  return gateway;
}

function failuresIn({ log }: TestGateway): Record<string, unknown>[] {
  return log.lines().filter(({ msg }) => msg === "upstream call failed");
}

/** The one line, which holds nothing of the answer, the token or the address. */
async function failureOf(env: Record<string, string>): Promise<Record<string, unknown> | undefined> {
  const { errors } = await (await start(env)).query(query);
  if (gateway === undefined) throw new Error("not started");
  expect(failuresIn(gateway)).toHaveLength(1);
  const [line] = failuresIn(gateway);
  expect(JSON.stringify(line)).not.toMatch(/own words|emulator-admin-token|127\.0\.0\.1/);
  expect(line).toMatchObject({
    level: 40,
    accountId: emulatorAccountId,
    requestId: errors[0]?.extensions["requestId"],
  });
  return line;
}

const reasons = { service: "accountConfigReadOnly", operation: "listStatusReasons" };

describe("why an upstream call failed, in the log", () => {
  it("names a closed port", async () => {
    const line = await failureOf({ UPSTREAM: "http://127.0.0.1:1" });
    expect(line).toMatchObject({ ...reasons, fault: "unavailable", code: "ECONNREFUSED" });
  });

  it("names an unknown host", async () => {
    const line = await failureOf({ UPSTREAM: "http://status-reasons.invalid" });
    expect(line).toMatchObject({
      ...reasons,
      fault: "unavailable",
      code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) as string,
    });
  });

  it("names https that is spoken to http", async () => {
    upstream = await startScriptedUpstream();
    const line = await failureOf({ UPSTREAM: upstream.origin.replace("http:", "https:") });
    expect(line).toMatchObject({ ...reasons, code: expect.stringMatching(/SSL|EPROTO/) as string });
  });

  it.each([
    [200, secretPage, { fault: "invalid-response", reason: "the body is not JSON" }],
    [200, `{"own words":1}`, { fault: "invalid-response", reason: "the body is not of its shape" }],
    [
      200,
      Buffer.from('["Caf\xe9"]', "latin1"),
      { fault: "invalid-response", reason: "the body is not in its charset" },
    ],
    [418, secretPage, { fault: "invalid-response", reason: "the status is none of the contract" }],
    [503, secretPage, { fault: "server-error" }],
  ])("names an answer %i %s that is no use", async (status, body, failure) => {
    upstream = await startScriptedUpstream(({ response }) => response.writeHead(status).end(body));
    expect(await failureOf({ UPSTREAM: upstream.origin })).toMatchObject({ ...reasons, status, ...failure });
  });

  it("names the Domain API", async () => {
    const line = await failureOf({ UPSTREAM: "liveperson", DOMAIN_API_URL: "http://127.0.0.1:1" });
    expect(line).toMatchObject({ service: "domain", operation: "getBaseUri", code: "ECONNREFUSED" });
  });

  it("names the service of the access tokens", async () => {
    const credentials = { CREDENTIALS: "oauth2", LP_CLIENT_ID: "client", LP_CLIENT_SECRET: "secret" };
    const keys = { GATEWAY_API_KEYS: "emulator-admin-token" };
    const line = await failureOf({ UPSTREAM: "http://127.0.0.1:1", ...credentials, ...keys });
    expect(line).toMatchObject({ service: "sentinel", operation: "getAccessToken", code: "ECONNREFUSED" });
  });

  it("is one line for many of a kind, and then says how many", async () => {
    let nowMs = Date.now();
    const started = await start({ UPSTREAM: "http://127.0.0.1:1" }, { now: () => nowMs });
    for (let times = 0; times < 4; times += 1) await started.query(query);
    expect(failuresIn(started)).toHaveLength(1);
    nowMs += 10_000;
    await started.query(query);
    expect(failuresIn(started)).toEqual([
      expect.not.objectContaining({ repeats: expect.anything() as unknown }),
      expect.objectContaining({ repeats: 3 }),
    ]);
  });

  it("says nothing of what callers got wrong", async () => {
    const started = await start({});
    await started.query(query, {}, { token: "unknown" });
    await started.query(`{ statusReason(accountId: "${emulatorAccountId}", id: "1") { text } }`);
    expect(failuresIn(started)).toEqual([]);
  });
});
