import { Secret } from "../src/config/secret.js";
import { readConfig } from "../src/config/config.js";
import { problemsOf } from "./support/config-problems.js";

describe("readConfig", () => {
  it("has a default for everything outside production", () => {
    expect(readConfig({})).toEqual({
      production: false,
      showsSdl: true,
      host: "127.0.0.1",
      port: 4000,
      upstream: { kind: "emulator" },
      discovery: {
        domainApiUrl: "https://api.liveperson.net",
        allowedHosts: ["*.liveperson.net", "*.liveperson.com"],
        allowLoopback: false,
        ttlMs: 3_600_000,
      },
      proxies: { http: undefined, https: undefined, direct: [] },
      credentials: { kind: "caller" },
      secretsCheckMs: 10_000,
      accounts: "any",
      emulatorPort: 0,
      emulatorLively: true,
      upstreamApiVersion: "1.0",
      upstreamTimeoutMs: 10_000,
      resilience: {
        maxAttempts: 3,
        maxConcurrency: 64,
        maxQueue: 1024,
        circuitFailures: 30,
        circuitOpenMs: 5_000,
      },
      corsOrigins: "any",
      compiledOperations: 1000,
      logLevel: "info",
      documents: { file: undefined, mode: "allow", allowsSdl: false },
      queryLimits: {
        maxSource: 65_536,
        maxDepth: 12,
        maxAliases: 2000,
        maxRootFields: 1500,
        maxDirectives: 500,
        maxTokens: 30_000,
        maxCost: 400_000,
        maxUpstreamCalls: 1000,
        maxAccounts: 100,
      },
      httpLimits: {
        maxBodyBytes: 1_048_576,
        maxBodiesBytes: 67_108_864,
        maxHeaderBytes: 16_384,
        maxResponseBytes: 16_777_216,
        maxInFlight: 1000,
        maxPipelined: 64,
        maxConnections: 5000,
        clientTimeoutMs: 15_000,
        keepAliveTimeoutMs: 620_000,
      },
      sharedState: { redis: undefined },
      shutdown: { delayMs: 0, timeoutMs: 15_000 },
      live: { intervalMs: 5000, maxSubscriptions: 10_000, maxPerToken: 100 },
      readyzFailsOnOpenCircuit: false,
      warnings: [],
    });
  });

  it("reads every variable", () => {
    const env = {
      NODE_ENV: "production",
      SUBGRAPH_SDL: "true",
      HOST: "0.0.0.0",
      PORT: "8080",
      UPSTREAM: "https://upstream.example:8443/",
      DOMAIN_API_URL: "http://domain.example",
      UPSTREAM_ALLOWED_HOSTS: "*.Stand-In.example, 10.0.0.1:8080",
      DISCOVERY_TTL_MS: "60000",
      HTTPS_PROXY: "http://proxy.example:3128",
      NO_PROXY: "intern.example",
      CREDENTIALS: "caller",
      SECRETS_CHECK_MS: "0",
      ACCOUNTS: "12345678, 87654321",
      EMULATOR_PORT: "8081",
      EMULATOR_LIVELY: "1",
      UPSTREAM_API_VERSION: "4.0",
      UPSTREAM_TIMEOUT_MS: "2500",
      UPSTREAM_ATTEMPTS: "2",
      UPSTREAM_MAX_CONCURRENCY: "8",
      UPSTREAM_MAX_QUEUE: "0",
      UPSTREAM_CIRCUIT_FAILURES: "5",
      UPSTREAM_CIRCUIT_OPEN_MS: "750",
      CORS_ORIGINS: "https://a.example, http://localhost:3000",
      COMPILED_OPERATIONS: "7",
      LOG_LEVEL: "warn",
      TRUSTED_DOCUMENTS: "/etc/manifest.json",
      TRUSTED_DOCUMENTS_MODE: "only",
      TRUSTED_DOCUMENTS_SDL: "true",
      QUERY_MAX_SOURCE: "100",
      QUERY_MAX_DEPTH: "1",
      QUERY_MAX_ALIASES: "2",
      QUERY_MAX_ROOT_FIELDS: "3",
      QUERY_MAX_DIRECTIVES: "4",
      QUERY_MAX_TOKENS: "5",
      QUERY_MAX_COST: "6",
      QUERY_MAX_UPSTREAM_CALLS: "14",
      QUERY_MAX_ACCOUNTS: "15",
      MAX_BODY_BYTES: "7",
      MAX_BODIES_BYTES: "70",
      MAX_HEADER_BYTES: "8000",
      RESPONSE_MAX_BYTES: "2000",
      MAX_REQUESTS_IN_FLIGHT: "9",
      MAX_PIPELINED_REQUESTS: "10",
      MAX_CONNECTIONS: "14",
      CLIENT_TIMEOUT_MS: "1000",
      KEEP_ALIVE_TIMEOUT_MS: "11",
      SHUTDOWN_DELAY_MS: "12",
      SHUTDOWN_TIMEOUT_MS: "13",
      LIVE_INTERVAL_MS: "1000",
      LIVE_MAX_SUBSCRIPTIONS: "11",
      LIVE_MAX_PER_TOKEN: "12",
      REDIS_URL: "rediss://user@redis.example:6380/2",
      REDIS_PASSWORD: "p/w@",
      REDIS_PREFIX: "test:",
      READYZ_FAILS_ON_OPEN_CIRCUIT: "true",
    };
    expect(readConfig(env)).toEqual({
      production: true,
      showsSdl: true,
      host: "0.0.0.0",
      port: 8080,
      upstream: { kind: "origin", origin: "https://upstream.example:8443" },
      discovery: {
        domainApiUrl: "http://domain.example",
        allowedHosts: ["*.stand-in.example", "10.0.0.1:8080"],
        allowLoopback: false,
        ttlMs: 60_000,
      },
      proxies: {
        http: undefined,
        https: { origin: "http://proxy.example:3128", authorization: undefined },
        direct: ["intern.example"],
      },
      credentials: { kind: "caller" },
      secretsCheckMs: 0,
      accounts: ["12345678", "87654321"],
      emulatorPort: 8081,
      emulatorLively: true,
      upstreamApiVersion: "4.0",
      upstreamTimeoutMs: 2500,
      resilience: {
        maxAttempts: 2,
        maxConcurrency: 8,
        maxQueue: 0,
        circuitFailures: 5,
        circuitOpenMs: 750,
      },
      corsOrigins: ["https://a.example", "http://localhost:3000"],
      compiledOperations: 7,
      logLevel: "warn",
      documents: { file: "/etc/manifest.json", mode: "only", allowsSdl: true },
      queryLimits: {
        maxSource: 100,
        maxDepth: 1,
        maxAliases: 2,
        maxRootFields: 3,
        maxDirectives: 4,
        maxTokens: 5,
        maxCost: 6,
        maxUpstreamCalls: 14,
        maxAccounts: 15,
      },
      httpLimits: {
        maxBodyBytes: 7,
        maxBodiesBytes: 70,
        maxHeaderBytes: 8000,
        maxResponseBytes: 2000,
        maxInFlight: 9,
        maxPipelined: 10,
        maxConnections: 14,
        clientTimeoutMs: 1000,
        keepAliveTimeoutMs: 11,
      },
      sharedState: {
        redis: {
          kind: "server",
          addresses: [{ host: "redis.example", port: 6380 }],
          primaryName: undefined,
          database: 2,
          tls: { ca: undefined },
          login: { user: "user", password: new Secret("p/w@") },
          sentinelLogin: { user: undefined, password: undefined },
          prefix: "test:",
        },
      },
      shutdown: { delayMs: 12, timeoutMs: 13 },
      live: { intervalMs: 1000, maxSubscriptions: 11, maxPerToken: 12 },
      readyzFailsOnOpenCircuit: true,
      warnings: [],
    });
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readConfig({ PORT: "", UPSTREAM: " " })).toEqual(readConfig({}));
  });

  it("lets no browser in by default in production", () => {
    expect(readConfig({ NODE_ENV: "production", UPSTREAM: "emulator" }).corsOrigins).toEqual([]);
  });

  it("lets any browser in where CORS_ORIGINS says *", () => {
    expect(readConfig({ NODE_ENV: "production", UPSTREAM: "emulator", CORS_ORIGINS: "*" }).corsOrigins).toBe(
      "any",
    );
  });

  it.each([
    [{}, true],
    [{ NODE_ENV: "development" }, true],
    [{ NODE_ENV: "test" }, false],
    [{ NODE_ENV: "production", UPSTREAM: "emulator" }, false],
    [{ NODE_ENV: "test", EMULATOR_LIVELY: "true" }, true],
    [{ EMULATOR_LIVELY: "0" }, false],
  ])("has with %j a lively emulator: %p", (env, lively) => {
    expect(readConfig(env).emulatorLively).toBe(lively);
  });

  it("names no default upstream in production", () => {
    expect(problemsOf({ NODE_ENV: "production" })).toEqual([expect.stringMatching(/^UPSTREAM: must be set/)]);
  });

  it.each([
    ["NODE_ENV", "prod"],
    ["NODE_ENV", "Production"],
    ["EMULATOR_PORT", "tcp://10.0.0.1:80"],
    ["PORT", "http"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "4000.5"],
    ["EMULATOR_PORT", "x"],
    ["UPSTREAM", "emulators"],
    ["UPSTREAM", "ftp://upstream.example"],
    ["UPSTREAM", "https://upstream.example/api"],
    ["UPSTREAM", "https://user:secret@upstream.example"],
    ["UPSTREAM_API_VERSION", "one"],
    ["UPSTREAM_TIMEOUT_MS", "0"],
    ["UPSTREAM_TIMEOUT_MS", "10s"],
    ["UPSTREAM_ATTEMPTS", "0"],
    ["UPSTREAM_MAX_CONCURRENCY", "0"],
    ["UPSTREAM_MAX_QUEUE", "-1"],
    ["UPSTREAM_CIRCUIT_FAILURES", "0"],
    ["UPSTREAM_CIRCUIT_OPEN_MS", "5s"],
    ["CORS_ORIGINS", "https://a.example/path"],
    ["CORS_ORIGINS", "a.example"],
    ["LOG_LEVEL", "loud"],
    ["QUERY_MAX_DEPTH", "0"],
    ["READYZ_FAILS_ON_OPEN_CIRCUIT", "yes"],
  ])("refuses %s=%s with one line", (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: must be .`))]);
  });

  it.each([
    [{ PORT: "80 80" }, 'PORT: must be a whole number from 0 to 65535, got "80 80"'],
    [{ LOG_LEVEL: `a\n${"b".repeat(100)}` }, /, got "a\\nb{78}…"$/],
    [{ UPSTREAM: "https://user:secret@upstream.example" }, /without a path$/],
    [{ HTTPS_PROXY: "socks://proxy.example/secret" }, /without a path$/],
    [{ REDIS_URL: "http://secret" }, /^REDIS_URL: (?!.*secret)/],
    [{ CREDENTIALS: "oauth2", GATEWAY_API_KEYS: "secret" }, /^GATEWAY_API_KEYS: must be (?!.*"secret)/],
  ] as [Record<string, string>, string | RegExp][])(
    "shows in the line about %j the value, unless it can have a secret in it",
    (env, line) => {
      expect(problemsOf(env)).toContainEqual(typeof line === "string" ? line : expect.stringMatching(line));
    },
  );

  it("takes flags before the environment, empty ones too", () => {
    expect(readConfig({ PORT: "1", HOST: "::" }, { PORT: "2" })).toMatchObject({ port: 2, host: "::" });
    expect(() => readConfig({ PORT: "1" }, { PORT: "" })).toThrow(
      'PORT: must be a whole number from 0 to 65535, got ""',
    );
  });

  it.each([
    ["UPSTREM", "UPSTREAM"],
    ["upstream", "UPSTREAM"],
    ["PROT", undefined],
    ["PORTS", "PORT"],
    ["HOME", undefined],
    ["HOSTNAME", undefined],
    ["MAX_REQUEST_IN_FLIGHT", "MAX_REQUESTS_IN_FLIGHT"],
    ["GATEWAY_API_KEY", "GATEWAY_API_KEYS"],
    ["LP_CLIENT_SECRET_FILES", "LP_CLIENT_SECRET_FILE"],
  ])("warns of %s as of %s, without its value", (name, meant) => {
    const warnings = meant === undefined ? [] : [`${name} is not read; is ${meant} meant?`];
    expect(readConfig({ [name]: "value" }).warnings).toEqual(warnings);
  });

  it("lists all problems at once", () => {
    const problems = problemsOf({
      NODE_ENV: "production",
      PORT: "x",
      LOG_LEVEL: "y",
      UPSTREAM_TIMEOUT_MS: "z",
    });
    expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual([
      "LOG_LEVEL",
      "PORT",
      "UPSTREAM",
      "UPSTREAM_TIMEOUT_MS",
    ]);
  });
});
