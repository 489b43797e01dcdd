import { parseRedisUrl } from "../../src/config/redis-url.js";
import { readConfig } from "../../src/config/config.js";
import { problemsOf } from "../support/config-problems.js";

const plain = { isTls: false, user: undefined, password: undefined, primaryName: undefined, database: 0 };
const at = (...addresses: readonly [host: string, port: number][]) => ({
  addresses: addresses.map(([host, port]) => ({ host, port })),
});

describe("the URL of a Redis", () => {
  it.each([
    ["redis://localhost", { ...plain, kind: "server", ...at(["localhost", 6379]) }],
    ["rediss://redis:6380/", { ...plain, kind: "server", isTls: true, ...at(["redis", 6380]) }],
    ["REDIS://[::1]:7/15", { ...plain, kind: "server", ...at(["::1", 7]), database: 15 }],
    [
      "redis://user:p%2Fw:%40@h",
      { ...plain, kind: "server", ...at(["h", 6379]), user: "user", password: "p/w:@" },
    ],
    ["redis://:p@w@h", { ...plain, kind: "server", ...at(["h", 6379]), password: "p@w" }],
    [
      "redis+sentinel://one,two:7,[::1]/mymaster",
      {
        ...plain,
        kind: "sentinel",
        ...at(["one", 26379], ["two", 7], ["::1", 26379]),
        primaryName: "mymaster",
      },
    ],
    [
      "rediss+sentinel://u:p@one/my%20master/3",
      {
        ...{ kind: "sentinel", isTls: true, ...at(["one", 26379]), user: "u", password: "p" },
        ...{ primaryName: "my master", database: 3 },
      },
    ],
    ["redis+cluster://one,two:7", { ...plain, kind: "cluster", ...at(["one", 6379], ["two", 7]) }],
    ["rediss+cluster://one/", { ...plain, kind: "cluster", isTls: true, ...at(["one", 6379]) }],
  ])("%s", (url, expected) => {
    expect(parseRedisUrl(url)).toEqual(expected);
  });

  it.each([
    ["redis.internal:6379", "must be a URL such as"],
    ["http://redis", "must be a URL such as"],
    ["redis+other://redis", "must be a URL such as"],
    ["redis://", "must be a URL such as"],
    ["redis:///1", "must be a URL such as"],
    ["redis://h?db=1", "must have no ? and no #"],
    ["redis://:p#w@h", "must have no ? and no #"],
    ["redis://:50%@h", "has a % that begins no code"],
    ["redis://h:99999", "must have a host"],
    ["redis://h:x", "must have a host"],
    ["redis+cluster://one,,two", "must have a host"],
    ["redis://one,two", "has several hosts"],
    ["redis://h/x", "must have a number for the database"],
    ["redis://h/1/2", "must have a number for the database"],
    ["redis://h/-1", "must have a number for the database"],
    ["redis+sentinel://h", "must have the name of the primary"],
    ["redis+sentinel://h/", "must have the name of the primary"],
    ["redis+sentinel://h/name/x", "must have a number for the database"],
    ["redis+cluster://h/0", "must end after the hosts"],
  ])("%s is refused: it %s", (url, problem) => {
    expect(problemsOf({ REDIS_URL: url })).toEqual([expect.stringContaining(`REDIS_URL: ${problem}`)]);
  });

  it("is not shown where it is refused", () => {
    expect(JSON.stringify(problemsOf({ REDIS_URL: "redis://user:secret/word@h" }))).not.toMatch(
      /secret|word/,
    );
  });
});

describe("the settings beside the URL of a Redis", () => {
  it.each([
    [
      { REDIS_URL: "redis://h", REDIS_SENTINEL_PASSWORD: "x" },
      "REDIS_SENTINEL_PASSWORD: needs a REDIS_URL with",
    ],
    [{ REDIS_URL: "redis+cluster://h", REDIS_PREFIX: "a{}" }, "REDIS_PREFIX: must have no braces"],
    [{ REDIS_URL: "redis+cluster://h", REDIS_PREFIX: "}a" }, "REDIS_PREFIX: must have no braces"],
    [{ REDIS_URL: "rediss://h", REDIS_CA: "no PEM" }, "REDIS_CA: must be certificates in PEM"],
    [
      {
        REDIS_URL: "rediss://h",
        REDIS_CA: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
      },
      "REDIS_CA: must be certificates in PEM",
    ],
  ])("%j is refused", (env, problem) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(problem)]);
  });

  it("are ignored without one", () => {
    expect(
      readConfig({ REDIS_SENTINEL_PASSWORD: "x", REDIS_PREFIX: "a{}" }).sharedState.redis,
    ).toBeUndefined();
  });

  it.each([
    ["redis://h", "test:", "test:"],
    ["redis+cluster://h", "test:", "{test:}"],
    ["redis+cluster://h", "a{b}c:", "a{b}c:"],
  ])("with %s the prefix %s starts keys with %s", (url, given, expected) => {
    expect(readConfig({ REDIS_URL: url, REDIS_PREFIX: given }).sharedState.redis?.prefix).toBe(expected);
  });

  it("give the Redis the password of its own variable, and the Sentinels theirs", () => {
    const { redis } = readConfig({
      ...{ REDIS_URL: "redis+sentinel://user:old@h/name", REDIS_PASSWORD: "new" },
      REDIS_SENTINEL_PASSWORD: "other",
    }).sharedState;
    expect(redis?.login.user).toBe("user");
    expect(redis?.login.password?.reveal()).toBe("new");
    expect(redis?.sentinelLogin.user).toBeUndefined();
    expect(redis?.sentinelLogin.password?.reveal()).toBe("other");
  });
});
