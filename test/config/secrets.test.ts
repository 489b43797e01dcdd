import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";

import { readConfig } from "../../src/config/config.js";
import { describeConfig, explainConfig } from "../../src/config/explain-config.js";
import { captureLog } from "../support/log-capture.js";
import { problemsOf } from "../support/config-problems.js";

const oauth1 = {
  CREDENTIALS: "oauth1",
  LP_APP_KEY: "secret-a",
  LP_APP_SECRET: "secret-b",
  LP_ACCESS_TOKEN: "secret-c",
  LP_ACCESS_TOKEN_SECRET: "secret-d",
  GATEWAY_API_KEYS: "secret-e-of-sixteen,secret-f-of-sixteen",
};
const oauth2 = {
  CREDENTIALS: "oauth2",
  LP_CLIENT_ID: "client",
  LP_CLIENT_SECRET: "secret-g",
  GATEWAY_API_KEYS: "secret-h-of-sixteen",
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(content: string): string {
  const path = join(folder, `${Math.random()}`);
  writeFileSync(path, content);
  return path;
}

function without(env: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([other]) => other !== name));
}

describe("the credentials", () => {
  it("are the caller's unless said otherwise", () => {
    expect(readConfig({}).credentials).toEqual({ kind: "caller" });
  });

  it("are all there", () => {
    const { credentials } = readConfig(oauth2);
    if (credentials.kind !== "oauth2") throw new Error(credentials.kind);
    expect(credentials.clientId).toBe("client");
    expect(credentials.clientSecret.reveal()).toBe("secret-g");
    expect(credentials.gatewayApiKeys.map((key) => key.reveal())).toEqual(["secret-h-of-sixteen"]);
  });

  it.each(
    [oauth1, oauth2].flatMap((env) =>
      Object.keys(without(env, "CREDENTIALS")).map((name) => [name, env] as const),
    ),
  )("are refused without %s", (name, env) => {
    const line = `${name}: must be set when CREDENTIALS=${env.CREDENTIALS}, here or as a file in ${name}_FILE`;
    expect(problemsOf(without(env, name))).toEqual([line]);
  });

  it.each([
    ["CREDENTIALS", "basic", /^CREDENTIALS: must be one of caller, oauth2, oauth1, got "basic"$/],
    ["GATEWAY_API_KEYS", ", ,", /^GATEWAY_API_KEYS: must be/],
    ["GATEWAY_API_KEYS", "a key that has spaces", /^GATEWAY_API_KEYS: must be/],
    ["GATEWAY_API_KEYS", "a", /^GATEWAY_API_KEYS: must be .* 16 at least/],
    ["GATEWAY_API_KEYS", "sixteen-are-enough,fifteen-are-not", /^GATEWAY_API_KEYS: must be/],
    ["ACCOUNTS", "1,,2", /^ACCOUNTS: must be/],
    ["ACCOUNTS", "../1", /^ACCOUNTS: must be/],
    ["UPSTREAM_ALLOWED_HOSTS", "*", /^UPSTREAM_ALLOWED_HOSTS: must be/],
    ["UPSTREAM_ALLOWED_HOSTS", "https://a.example", /^UPSTREAM_ALLOWED_HOSTS: must be/],
    ["UPSTREAM_ALLOWED_HOSTS", "*.net", /^UPSTREAM_ALLOWED_HOSTS: must be/],
    ["DOMAIN_API_URL", "api.liveperson.net", /^DOMAIN_API_URL: must be/],
    ["DISCOVERY_TTL_MS", "0", /^DISCOVERY_TTL_MS: must be/],
  ])("%s=%s is refused with one line", (name, value, line) => {
    const problems = problemsOf({ ...oauth2, [name]: value });
    expect(problems).toEqual([expect.stringMatching(line)]);
  });
});

describe("secrets from files", () => {
  it("are read without the end of their last line; keys may come one a line", () => {
    const env = {
      ...without(without(oauth2, "LP_CLIENT_SECRET"), "GATEWAY_API_KEYS"),
      LP_CLIENT_SECRET_FILE: file("from file\n"),
      GATEWAY_API_KEYS_FILE: file("k1-of-sixteen-too\nk2-of-sixteen-too\n"),
    };
    const { credentials } = readConfig(env);
    if (credentials.kind !== "oauth2") throw new Error(credentials.kind);
    expect(credentials.clientSecret.reveal()).toBe("from file");
    expect(credentials.gatewayApiKeys.map((key) => key.reveal())).toEqual([
      "k1-of-sixteen-too",
      "k2-of-sixteen-too",
    ]);
  });

  it("cannot go together with the variable", () => {
    expect(problemsOf({ ...oauth2, LP_CLIENT_SECRET_FILE: file("x") })).toEqual([
      "LP_CLIENT_SECRET_FILE: cannot go together with LP_CLIENT_SECRET",
    ]);
  });

  it.each(["missing", "empty", "a folder"])("are refused from a file that is %s", (kind) => {
    const path = kind === "missing" ? join(folder, "none") : kind === "empty" ? file("\n") : folder;
    const env = { ...without(oauth2, "LP_CLIENT_SECRET"), LP_CLIENT_SECRET_FILE: path };
    expect(problemsOf(env)).toEqual([
      "LP_CLIENT_SECRET_FILE: must name a file that can be read and is not empty",
    ]);
  });
});

describe("secrets", () => {
  it.each([oauth1, oauth2])("never show, however the configuration is printed", (env) => {
    const config = readConfig(env);
    const log = captureLog();
    log.logger.info({ config }, "configuration");
    const printed = [
      JSON.stringify(describeConfig(config)),
      JSON.stringify(config),
      inspect(config, { depth: null, showHidden: true }),
      String(Object.values(config.credentials)),
      log.text(),
    ].join("\n");
    expect(printed).not.toContain("secret-");
    expect(describeConfig(config)).toMatchObject({
      credentials: { kind: env.CREDENTIALS, gatewayApiKeys: expect.arrayContaining(["***"]) as unknown },
    });
  });
});

describe("the explained settings", () => {
  const explain = (env: Record<string, string>) => explainConfig({ ...oauth1, ...env });

  it("say where each value is from, and mask secrets", () => {
    const path = file("secret-i");
    const settings = explainConfig(
      { ...without(oauth2, "LP_CLIENT_SECRET"), LP_CLIENT_SECRET_FILE: path, PORT: "1" },
      { PORT: "5000" },
    );
    expect(settings["LP_CLIENT_SECRET"]).toMatchObject({ value: "***", source: "file", file: path });
    expect(settings["PORT"]).toMatchObject({ value: 5000, source: "flag", default: "4000" });
    expect(settings["CREDENTIALS"]).toMatchObject({
      value: "oauth2",
      source: "environment",
      default: "caller",
    });
    expect(settings["HOST"]).toEqual({
      value: "127.0.0.1",
      source: "default",
      default: "127.0.0.1",
      description: "The address that the gateway listens on.",
    });
    expect(settings["LP_APP_KEY"]).toMatchObject({ value: null, source: "default", default: "" });
  });

  it("show no secret, nor what is in a proxy's URL", () => {
    const settings = explain({ https_proxy: "http://me:secret-j@proxy.example:3128", HTTPS_PROXY: "x" });
    expect(JSON.stringify(settings)).not.toContain("secret-");
    expect(settings["HTTPS_PROXY"]).toMatchObject({
      value: { origin: "http://proxy.example:3128", authorization: "***" },
      source: "environment",
    });
  });

  it("show what holds in production", () => {
    const settings = explain({ NODE_ENV: "production", UPSTREAM: "liveperson" });
    expect(settings["CORS_ORIGINS"]).toMatchObject({ value: [], source: "default" });
    expect(settings["SUBGRAPH_SDL"]).toMatchObject({ value: false, default: "true; in production false" });
    expect(explain({})["CORS_ORIGINS"]).toMatchObject({ value: "any", source: "default" });
  });
});

describe("discovery", () => {
  it.each([
    [{}, ["*.liveperson.net", "*.liveperson.com"], false],
    [{ DOMAIN_API_URL: "http://127.0.0.1:8080" }, ["*.liveperson.net", "*.liveperson.com"], true],
    [{ DOMAIN_API_URL: "http://[::1]:8080" }, ["*.liveperson.net", "*.liveperson.com"], true],
    [{ DOMAIN_API_URL: "http://127.0.0.1.example" }, ["*.liveperson.net", "*.liveperson.com"], false],
    [
      { DOMAIN_API_URL: "http://localhost", UPSTREAM_ALLOWED_HOSTS: "A.example:81, *.b.example" },
      ["a.example:81", "*.b.example"],
      false,
    ],
  ] as [Record<string, string>, string[], boolean][])(
    "with %j allows %j",
    (env, allowedHosts, allowLoopback) => {
      expect(readConfig(env).discovery).toMatchObject({ allowedHosts, allowLoopback });
    },
  );
});
