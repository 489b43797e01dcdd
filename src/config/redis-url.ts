/** Where a server listens. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

/** What a URL says about a Redis. */
export interface RedisUrl {
  /** What the addresses are of: the one server, Sentinels that know where the primary is, or nodes of a cluster. */
  readonly kind: "server" | "sentinel" | "cluster";
  readonly isTls: boolean;
  readonly addresses: readonly RedisAddress[];
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** The name that the Sentinels know the primary by; undefined for the other kinds. */
  readonly primaryName: string | undefined;
  readonly database: number;
}

/** Says in its message what a URL must be; it never quotes the URL, which may hold a password. */
export class RedisUrlError extends Error {}

const urlPattern = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^/]*)@)?([^@/]+)(?:\/(.*))?$/i;
const defaultPort = { server: 6379, sentinel: 26_379, cluster: 6379 } as const;

/**
 * Reads `redis://[user[:password]@]host[:port][/database]`, `redis+sentinel://…@host[:port],host[:port]/primary[/database]`
 * and `redis+cluster://…@host[:port],host[:port]`; with `rediss`, each with TLS.
 *
 * @throws RedisUrlError
 */
export function parseRedisUrl(text: string): RedisUrl {
  if (/[?#]/.test(text)) {
    throw new RedisUrlError(
      "must have no ? and no #: in a password write %3F and %23, or set REDIS_PASSWORD",
    );
  }
  const [, scheme, kindWord = "server", login = "", hosts = "", path = ""] = urlPattern.exec(text) ?? [];
  if (scheme === undefined) {
    throw new RedisUrlError(
      "must be a URL such as rediss://user@redis.internal:6379/0, redis+sentinel://one:26379,two:26379/mymaster or redis+cluster://one:6379,two:6379",
    );
  }
  const kind = kindWord.toLowerCase() as RedisUrl["kind"];
  const isTls = scheme.toLowerCase() === "rediss";
  const addresses = hosts.split(",").map((host) => addressOf(host, defaultPort[kind]));
  if (kind === "server" && addresses.length > 1) {
    throw new RedisUrlError("has several hosts, which only redis+sentinel:// and redis+cluster:// may have");
  }
  return { kind, isTls, addresses, ...loginOf(login), ...pathOf(kind, path) };
}

function loginOf(login: string): Pick<RedisUrl, "user" | "password"> {
  const [user = "", ...password] = login.split(":");
  return { user: decoded(user), password: decoded(password.join(":")) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text) || undefined;
  } catch {
    throw new RedisUrlError(
      "has a % that begins no code: write a % of a password as %25, or set REDIS_PASSWORD",
    );
  }
}

function addressOf(text: string, port: number): RedisAddress {
  const url = `redis://${text}`;
  const { hostname = "", port: given = "" } = URL.canParse(url) ? new URL(url) : {};
  if (hostname === "" || /\s/.test(text)) {
    throw new RedisUrlError("must have a host, and perhaps a port, in each comma-separated part");
  }
  return { host: hostname.replace(/^\[|\]$/g, ""), port: given === "" ? port : Number(given) };
}

function pathOf(kind: RedisUrl["kind"], path: string): Pick<RedisUrl, "primaryName" | "database"> {
  const parts = path.replace(/\/$/, "").split("/");
  const name = kind === "sentinel" ? parts.shift() : undefined;
  if (name === "") {
    throw new RedisUrlError("must have the name of the primary after the Sentinels, such as /mymaster");
  }
  const [database = "", ...rest] = parts;
  if (kind === "cluster" && path !== "") throw new RedisUrlError("must end after the hosts of a cluster");
  if (!/^\d{0,5}$/.test(database) || rest.length > 0) {
    throw new RedisUrlError("must have a number for the database, or nothing, at its end");
  }
  return { primaryName: name === undefined ? undefined : decoded(name), database: Number(database) };
}
