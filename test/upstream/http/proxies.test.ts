import { readConfig } from "../../../src/config/config.js";
import { describeConfig } from "../../../src/config/explain-config.js";
import { emulatorAccountId } from "../../../src/emulator/seed/seed.js";
import { proxyOf } from "../../../src/upstream/http/proxies.js";
import { startConnectProxy } from "../../support/connect-proxy.js";
import type { ConnectProxy } from "../../support/connect-proxy.js";
import { dataOf, errorOf, startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";

const query = `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;
const update = `mutation { updateStatusReason(accountId: "${emulatorAccountId}", id: "725987312",
  input: { text: "Brunch" }) { statusReason { text } } }`;

describe("a proxy", () => {
  let proxy: ConnectProxy;
  let gateway: TestGateway | undefined;
  afterEach(async () => {
    await gateway?.stop();
    await proxy.stop();
  });

  const start = async (env: Readonly<Record<string, string>>) => {
    gateway = await startTestGateway(env);
    return gateway;
  };
  const hostOf = ({ emulator }: TestGateway) => new URL(emulator.origin).host;
  const targets = () => new Set(proxy.asked.map(({ to }) => to));

  it("is what reads and writes leave by", async () => {
    proxy = await startConnectProxy();
    const started = await start({ HTTP_PROXY: `http://${proxy.host}` });
    dataOf(await started.query(query));
    dataOf(await started.query(update));
    // One connection that is kept for reads, and one for the write.
    expect(proxy.asked).toEqual(Array(2).fill({ to: hostOf(started), authorization: undefined }));
  });

  it("is shown its user and password, and nobody else is", async () => {
    proxy = await startConnectProxy();
    const started = await start({ http_proxy: `http://me:p%40ss@${proxy.host}/` });
    dataOf(await started.query(query));
    const authorization = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
    expect(proxy.asked).toEqual([{ to: hostOf(started), authorization }]);
    const [received] = started.emulator.journal.requests;
    expect(received?.headers).not.toHaveProperty("proxy-authorization");
  });

  it("is what look-ups of hosts and tokens leave by", async () => {
    proxy = await startConnectProxy();
    const started = await start({
      UPSTREAM: "liveperson",
      CREDENTIALS: "oauth2",
      LP_CLIENT_ID: "emulator-client",
      LP_CLIENT_SECRET: "emulator-client-secret",
      GATEWAY_API_KEYS: "a-key-of-this-gateway",
      HTTP_PROXY: proxy.host,
    });
    dataOf(await started.query(query, {}, { token: "a-key-of-this-gateway" }));
    expect(proxy.asked.length).toBeGreaterThanOrEqual(3);
    expect(targets()).toEqual(new Set([hostOf(started)]));
  });

  it.each([
    ["the host is in NO_PROXY", { NO_PROXY: "example.com, 127.0.0.0/8" }],
    ["NO_PROXY is all", { no_proxy: "*" }],
    ["it is for https only", { HTTP_PROXY: "", HTTPS_PROXY: "http://127.0.0.1:9" }],
  ])("is passed by where %s", async (_what, env) => {
    proxy = await startConnectProxy();
    const started = await start({ HTTP_PROXY: `http://${proxy.host}`, ...env });
    dataOf(await started.query(query));
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ["407", "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"],
    ["502 with a page", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>"],
    ["a line that is no HTTP", "no\n\n"],
    ["an end", ""],
  ])("that answers with %s makes the upstream unavailable, and nothing is sent", async (_what, refusal) => {
    proxy = await startConnectProxy(refusal);
    const started = await start({
      HTTP_PROXY: `http://me:secret@${proxy.host}`,
      UPSTREAM_TIMEOUT_MS: "5000",
    });
    const answer = await started.query(query);
    expect(errorOf(answer).extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: true });
    expect(proxy.asked).toHaveLength(3);
    expect(started.emulator.journal.requests).toEqual([]);
    expect(answer.text + started.log.text()).not.toMatch(/secret|bWU6c2VjcmV0/);
  });

  it("that is not there makes the upstream unavailable", async () => {
    proxy = await startConnectProxy();
    await proxy.stop();
    const started = await start({ HTTP_PROXY: `http://${proxy.host}` });
    expect(errorOf(await started.query(query)).extensions["code"]).toBe("UPSTREAM_UNAVAILABLE");
  });
});

describe("which proxy an origin is called through", () => {
  const [http, https] = ["http://a", "http://b"].map((origin) => ({ origin, authorization: undefined }));
  const through = (origin: string, ...direct: string[]) => proxyOf(origin, { http, https, direct });

  it("is that of its scheme", () => {
    expect([through("http://x.net"), through("https://x.net:8443")]).toEqual([http, https]);
    expect(proxyOf("https://x.net", { http, https: undefined, direct: [] })).toBeUndefined();
  });

  it.each([
    ["https://lp.net", "lp.net", true],
    ["https://va.lp.net", "lp.net", true],
    ["https://va.lp.net", ".lp.net", true],
    ["https://va.lp.net", "*.lp.net", true],
    ["https://help.net", "lp.net", false],
    ["https://lp.net.evil", "lp.net", false],
    ["https://lp.net:8443", "lp.net:8443", true],
    ["https://lp.net", "lp.net:443", true],
    ["https://lp.net", "lp.net:8443", false],
    ["http://10.1.2.3", "10.1.2.3", true],
    ["http://10.1.2.3", "2.3", false],
    ["http://10.1.2.3", "10.0.0.0/8", true],
    ["http://11.1.2.3", "10.0.0.0/8", false],
    ["http://lp.net", "10.0.0.0/8", false],
    ["http://10.1.2.3", "10.0.0.0/99", false],
    ["http://[::1]:4000", "::1", true],
    ["http://[::1]:4000", "[::1]", true],
    ["http://[fd00::5]", "fd00::/8", true],
    ["http://localhost", "127.0.0.1", false],
    ["http://lp.net", "*", true],
  ])("%s is direct with NO_PROXY=%s: %p", (origin, entry, isDirect) => {
    expect(through(origin, entry) === undefined).toBe(isDirect);
  });
});

describe("the settings of proxies", () => {
  it("are read in both cases, lower case first, and show no secret", () => {
    const { proxies } = readConfig({
      https_proxy: "me:secret@proxy:3128",
      HTTPS_PROXY: "http://other",
      NO_PROXY: "A.net b",
    });
    expect(proxies).toMatchObject({
      https: { origin: "http://proxy:3128" },
      http: undefined,
      direct: ["a.net", "b"],
    });
    const shown = JSON.stringify(describeConfig(readConfig({ HTTP_PROXY: "http://me:hush@proxy" })));
    expect(shown).toContain("http://proxy");
    expect(shown).not.toMatch(/hush|bWU6/);
  });

  it.each(["socks5://proxy:1080", "http://me:secret@proxy/path", "http://", "http://me:%zz@proxy", "a b"])(
    "stop the start where the proxy is %s, with one line that does not show it",
    (url) => {
      expect(() => readConfig({ HTTPS_PROXY: url })).toThrow(
        /^HTTPS_PROXY: must be the http\(s\) URL of a proxy, such as http:\/\/user:password@proxy:3128, without a path$/,
      );
    },
  );
});
