import {
  emulatorAccountId as accountId,
  emulatorApiKeys,
  emulatorClients,
  emulatorReasonIds,
  emulatorSecondAccountId,
} from "../../../../src/emulator/seed/seed.js";
import { holdDeadlines } from "../../../support/deadlines.js";
import { dataOf, errorOf, startTestGateway } from "../../../support/gateway.js";
import type { TestGateway, TestGatewayOptions } from "../../../support/gateway.js";

const read = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;
const write = `mutation { deleteStatusReason(accountId: "${accountId}", id: "${emulatorReasonIds.lunch}") { revision } }`;
const sentinel = { path: "/app/token" };
const reasons = { path: "/status-reasons" };
const apiKey = "gateway-api-key-1";
const withKey = { token: apiKey };

const oauth2 = {
  CREDENTIALS: "oauth2",
  LP_CLIENT_ID: emulatorClients.admin.clientId,
  LP_CLIENT_SECRET: emulatorClients.admin.clientSecret,
  GATEWAY_API_KEYS: `another-gateway-api-key, ${apiKey}`,
};
const { appKey, appSecret, accessToken, accessTokenSecret } = emulatorApiKeys.admin;
const oauth1 = {
  CREDENTIALS: "oauth1",
  LP_APP_KEY: appKey,
  LP_APP_SECRET: appSecret,
  LP_ACCESS_TOKEN: accessToken,
  LP_ACCESS_TOKEN_SECRET: accessTokenSecret,
  GATEWAY_API_KEYS: apiKey,
};
const secrets = [apiKey, oauth2.LP_CLIENT_SECRET, appKey, appSecret, accessToken, accessTokenSecret, "eyJ"];

let gateway: TestGateway;
let now: number;

async function start(env: Readonly<Record<string, string>>, options: TestGatewayOptions = {}): Promise<void> {
  now = Date.now();
  gateway = await startTestGateway({ UPSTREAM: "liveperson", ...env }, { now: () => now, ...options });
}

afterEach(async () => {
  for (const secret of secrets) expect(gateway.log.text()).not.toContain(secret);
  await gateway.stop();
});

/** Makes the upstream forget every token, and with them those the gateway has. */
function revokeTokens(): void {
  gateway.emulator.state.reset();
}

describe("CREDENTIALS=caller", () => {
  it("explains why a signature is refused, without a call", async () => {
    await start({});
    const headers = { authorization: 'OAuth oauth_consumer_key="k",oauth_signature="s"' };
    const { message, extensions } = errorOf(await gateway.query(read, {}, { token: null, headers }));
    expect(extensions).toMatchObject({ code: "UNAUTHENTICATED", retryable: false });
    expect(message).toMatch(/signature .* cannot be passed on/);
    expect(gateway.emulator.journal.requests).toEqual([]);
  });
});

describe("ACCOUNTS", () => {
  beforeEach(() => start({ ACCOUNTS: `${accountId}, 10000001` }));

  it("lets the accounts of the list through", async () => {
    dataOf(await gateway.query(read));
  });

  it("makes others FORBIDDEN, without a call", async () => {
    const { message, extensions } = errorOf(
      await gateway.query(`{ statusReasons(accountId: "${emulatorSecondAccountId}") { totalCount } }`),
    );
    expect(extensions).toMatchObject({ code: "FORBIDDEN", retryable: false });
    expect(message).toContain(emulatorSecondAccountId);
    expect(gateway.emulator.journal.requests).toEqual([]);
  });

  it("asks who calls first", async () => {
    const other = `{ statusReasons(accountId: "${emulatorSecondAccountId}") { totalCount } }`;
    const { extensions } = errorOf(await gateway.query(other, {}, { token: null }));
    expect(extensions).toMatchObject({ code: "UNAUTHENTICATED" });
  });
});

describe.each([
  ["oauth2", oauth2],
  ["oauth1", oauth1],
])("CREDENTIALS=%s", (_kind, env) => {
  beforeEach(() => start(env));

  it("reads and writes for whoever has one of the gateway's keys, which stays here", async () => {
    dataOf(await gateway.query(read, {}, withKey));
    dataOf(await gateway.query(write, {}, withKey));
    for (const { headers } of gateway.emulator.journal.requests) {
      expect(headers.authorization ?? "").not.toContain(apiKey);
    }
  });

  it.each([null, "gateway-api-key", `${apiKey}x`, `another-key,${apiKey}`, "emulator-admin-token"])(
    "refuses %p, without a call",
    async (token) => {
      const { message, extensions } = errorOf(await gateway.query(read, {}, { token }));
      expect(extensions).toMatchObject({ code: "UNAUTHENTICATED" });
      expect(message).toMatch(/API keys/);
      expect(gateway.emulator.journal.requests).toEqual([]);
    },
  );

  it("answers what needs no upstream to anybody", async () => {
    dataOf(await gateway.query("{ __typename }", {}, { token: null }));
  });
});

describe("CREDENTIALS=oauth2", () => {
  it("gets one token for all who wait for it, at the account's own sentinel", async () => {
    await start(oauth2);
    for (const answer of await Promise.all(
      Array.from({ length: 10 }, () => gateway.query(read, {}, withKey)),
    )) {
      dataOf(answer);
    }
    const [request, ...more] = gateway.emulator.journal.select(sentinel);
    expect(more).toEqual([]);
    expect(request).toMatchObject({
      path: `/sentinel/api/account/${accountId}/app/token`,
      query: { v: "2.0" },
    });
    expect(request?.headers).not.toHaveProperty("authorization");
    expect(gateway.emulator.journal.count({ path: "/service/sentinel/baseURI.json" })).toBe(1);
  });

  it("gets a new token in the background before the old one expires", async () => {
    await start(oauth2);
    dataOf(await gateway.query(read, {}, withKey));
    now += 3_590_000;
    dataOf(await gateway.query(read, {}, withKey));
    await gateway.emulator.journal.whenReceived(sentinel, 2);
    now += 60_000;
    while (gateway.emulator.journal.count(sentinel) < 2) dataOf(await gateway.query(read, {}, withKey));
    expect(gateway.emulator.journal.select(reasons).map(({ status }) => status)).not.toContain(401);
  });

  it("gets a new token once and tries once more where the upstream refuses the old one", async () => {
    await start(oauth2);
    dataOf(await gateway.query(read, {}, withKey));
    revokeTokens();
    // The journal is kept: only the data went back to the seed.
    for (const answer of await Promise.all(
      [write, read, read].map((query) => gateway.query(query, {}, withKey)),
    )) {
      dataOf(answer);
    }
    expect(gateway.emulator.journal.count(sentinel)).toBe(2);
  });

  it("gives up after that", async () => {
    await start(oauth2);
    gateway.emulator.faults.add({ match: reasons, status: 401 });
    const { message, extensions } = errorOf(await gateway.query(read, {}, withKey));
    expect(extensions).toMatchObject({ code: "UNAUTHENTICATED", upstream: { status: 401 } });
    expect(message).toMatch(/the gateway's own credentials/);
    expect(gateway.emulator.journal.count(reasons)).toBe(2);
    expect(gateway.emulator.journal.count(sentinel)).toBe(2);
  });

  it.each([
    [{ status: 503 }, "UPSTREAM_ERROR"],
    [{ reset: "before" }, "UPSTREAM_UNAVAILABLE"],
    [{ status: 200, body: '{"access_token": eyJhbGciOiJub25lIn0' }, "UPSTREAM_INVALID_RESPONSE"],
    [{ status: 200, body: "{}" }, "UPSTREAM_INVALID_RESPONSE"],
    [{ status: 429, headers: { "retry-after": "1" } }, "RATE_LIMITED"],
    [{ status: 400 }, "UNAUTHENTICATED"],
  ] as const)("blames sentinel for %j", async (fault, code) => {
    await start(oauth2);
    gateway.emulator.faults.add({ match: sentinel, ...fault });
    const { extensions } = errorOf(await gateway.query(read, {}, withKey));
    expect(extensions).toMatchObject({
      code,
      upstream: { service: "sentinel", operation: "getAccessToken" },
    });
    expect(gateway.emulator.journal.count(reasons)).toBe(0);
    expect(gateway.log.text()).toContain("no access token");
  });

  describe("when the deadline passes", () => {
    const lookup = { path: "/service/sentinel/baseURI.json" };

    it.each([
      ["sentinel for a read", sentinel, read, { service: "sentinel", operation: "getAccessToken" }],
      ["sentinel for a write", sentinel, write, { service: "sentinel", operation: "getAccessToken" }],
      [
        "the Domain API for sentinel's own host",
        lookup,
        read,
        { service: "domain", operation: "getBaseUri" },
      ],
    ])("blames %s", async (_what, match, query, upstream) => {
      const passDeadlines = holdDeadlines();
      await start(oauth2);
      gateway.emulator.faults.add({ match, hang: true });
      const response = gateway.query(query, {}, withKey);
      await gateway.emulator.journal.whenReceived(match);
      passDeadlines();
      expect(errorOf(await response).extensions).toMatchObject({ code: "UPSTREAM_TIMEOUT", upstream });
      gateway.emulator.faults.clear();
    });

    it("blames sentinel for each read that shares another's", async () => {
      const passDeadlines = holdDeadlines();
      const readShared = jest.fn();
      const shared = new Promise((resolve) => readShared.mockImplementation(resolve));
      await start(oauth2, { observer: { readShared } });
      gateway.emulator.faults.add({ match: sentinel, hang: true });
      const responses = [read, read].map((query) => gateway.query(query, {}, withKey));
      await shared;
      await gateway.emulator.journal.whenReceived(sentinel);
      passDeadlines();
      for (const response of await Promise.all(responses)) {
        expect(errorOf(response).extensions).toMatchObject({
          code: "UPSTREAM_TIMEOUT",
          upstream: { service: "sentinel", operation: "getAccessToken" },
        });
      }
      gateway.emulator.faults.clear();
    });
  });

  it("leaves sentinel alone for as long as it said", async () => {
    await start(oauth2);
    const headers = { "retry-after": "60" };
    gateway.emulator.faults.add({ match: sentinel, times: 1, status: 429, headers });
    for (let times = 0; times < 2; times += 1) {
      const { extensions } = errorOf(await gateway.query(read, {}, withKey));
      expect(extensions).toMatchObject({
        code: "RATE_LIMITED",
        retryAfter: 60,
        upstream: { service: "sentinel" },
      });
    }
    expect(gateway.emulator.journal.count(sentinel)).toBe(1);
    now += 60_000;
    dataOf(await gateway.query(read, {}, withKey));
  });

  describe("sends no token that is known to have expired", () => {
    const hour = 3_600_000;
    const refusals = () => gateway.emulator.journal.select(reasons).filter(({ status }) => status === 401);

    it("where it could not be refreshed before", async () => {
      await start(oauth2);
      dataOf(await gateway.query(read, {}, withKey));
      now += hour - 1_000;
      gateway.emulator.faults.add({ match: sentinel, times: 1, status: 503 });
      dataOf(await gateway.query(read, {}, withKey));
      while (!gateway.log.text().includes("no access token")) dataOf(await gateway.query(read, {}, withKey));
      now += 2_000;
      dataOf(await gateway.query(read, {}, withKey));
      expect(refusals()).toEqual([]);
    });

    it("while there is no other", async () => {
      await start(oauth2);
      dataOf(await gateway.query(read, {}, withKey));
      now += hour;
      gateway.emulator.faults.add({ match: sentinel, status: 503 });
      const { extensions } = errorOf(await gateway.query(read, {}, withKey));
      expect(extensions).toMatchObject({ code: "UPSTREAM_ERROR", upstream: { service: "sentinel" } });
      expect(gateway.emulator.journal.count(reasons)).toBe(1);
    });

    it("as its call stood in the queue", async () => {
      await start({ ...oauth2, UPSTREAM_MAX_CONCURRENCY: "1" });
      dataOf(await gateway.query(read, {}, withKey));
      gateway.emulator.faults.add({ match: reasons, times: 1, hang: true });
      const running = gateway.query(read, {}, withKey);
      await gateway.emulator.journal.whenReceived(reasons, 2);
      const queued = gateway.query(
        `{ statusReason(accountId: "${accountId}", id: "1") { id } }`,
        {},
        withKey,
      );
      const depth = `status_reason_gateway_upstream_queue_length{host="${new URL(gateway.emulator.origin).host}"} 1`;
      const figures = async () => (await fetch(`${gateway.origin}/metrics`)).text();
      for (let seen = ""; !seen.includes(depth);) seen = await figures();
      now += hour;
      gateway.emulator.faults.clear();
      dataOf(await running);
      dataOf(await queued);
      expect(refusals()).toEqual([]);
    });

    it.each([0, -5, "0"])("from the very first, where it expires in %j", async (expires_in) => {
      await start(oauth2);
      const body = JSON.stringify({ access_token: "stale", expires_in });
      gateway.emulator.faults.add({ match: sentinel, status: 200, body });
      const { extensions } = errorOf(await gateway.query(read, {}, withKey));
      expect(extensions).toMatchObject({
        code: "UPSTREAM_INVALID_RESPONSE",
        upstream: { service: "sentinel" },
      });
      expect(gateway.emulator.journal.count(reasons)).toBe(0);
    });

    it.each([null, "soon", "", {}])(
      "but one whose lifetime is told as %j, which is none",
      async (expires_in) => {
        await start(oauth2);
        const body = JSON.stringify({ access_token: "token", expires_in });
        gateway.emulator.faults.add({ match: sentinel, status: 200, body });
        gateway.emulator.faults.add({ match: reasons, status: 200, body: "[]" });
        for (let time = 0; time < 2; time += 1) dataOf(await gateway.query(read, {}, withKey));
        expect(gateway.emulator.journal.count(sentinel)).toBe(1);
      },
    );

    it("as the token itself says", async () => {
      await start(oauth2);
      const payload = JSON.stringify({ exp: Math.floor(now / 1000) + 60 });
      const token = `eyJhbGciOiJub25lIn0.${Buffer.from(payload).toString("base64url")}.`;
      const body = JSON.stringify({ access_token: token });
      gateway.emulator.faults.add({ match: reasons, times: 1, status: 200, body: "[]" });
      gateway.emulator.faults.add({ match: sentinel, times: 1, status: 200, body });
      dataOf(await gateway.query(read, {}, withKey));
      now += 60_000;
      dataOf(await gateway.query(read, {}, withKey));
      expect(gateway.emulator.journal.count(sentinel)).toBe(2);
      expect(refusals()).toEqual([]);
    });
  });

  it("says that a wrong secret is the gateway's, not the caller's", async () => {
    await start({ ...oauth2, LP_CLIENT_SECRET: "wrong-client-secret" });
    const answer = await gateway.query(read, {}, withKey);
    const { message, extensions } = errorOf(answer);
    expect(extensions).toMatchObject({
      code: "UNAUTHENTICATED",
      upstream: { service: "sentinel", status: 401 },
    });
    expect(message).toMatch(/the gateway's own credentials/);
    expect(answer.text + gateway.log.text()).not.toContain("wrong-client-secret");
  });
});

describe("CREDENTIALS=oauth1", () => {
  it("signs every request anew", async () => {
    await start(oauth1);
    dataOf(await gateway.query(read, {}, withKey));
    dataOf(await gateway.query(read, {}, withKey));
    const signatures = gateway.emulator.journal.select(reasons).map(({ headers }) => headers.authorization);
    expect(new Set(signatures).size).toBe(2);
    for (const signature of signatures)
      expect(signature).toMatch(/^OAuth oauth_consumer_key="emulator-app-key"/);
  });

  it.each(["LP_APP_SECRET", "LP_ACCESS_TOKEN_SECRET"])("is refused with a wrong %s", async (name) => {
    await start({ ...oauth1, [name]: "wrong" });
    const { message, extensions } = errorOf(await gateway.query(read, {}, withKey));
    expect(extensions).toMatchObject({ code: "UNAUTHENTICATED", upstream: { status: 401 } });
    expect(message).toMatch(/the gateway's own credentials/);
    expect(gateway.emulator.journal.count(reasons)).toBe(1);
  });

  it("shows nothing of the key in the upstream's own words", async () => {
    await start(oauth1);
    const body = JSON.stringify({ message: `unknown consumer ${appKey}` });
    gateway.emulator.faults.add({ match: reasons, status: 400, body });
    expect((await gateway.query(read, {}, withKey)).text).not.toContain(appKey);
  });
});
