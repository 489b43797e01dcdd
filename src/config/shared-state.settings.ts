import { X509Certificate } from "node:crypto";

import * as z from "zod";

import { parseRedisUrl, RedisUrlError } from "./redis-url.js";
import type { RedisAddress, RedisUrl } from "./redis-url.js";
import { Secret } from "./secret.js";
import { secret, text } from "./setting-types.js";

/** How the copies of the gateway reach each other. */
export interface SharedStateConfig {
  /** undefined: there is one copy, or each is alone. */
  readonly redis: RedisConfig | undefined;
}

export interface RedisConfig {
  /** What the addresses are of: the one server, Sentinels that know where the primary is, or nodes of a cluster. */
  readonly kind: RedisUrl["kind"];
  readonly addresses: readonly RedisAddress[];
  /** The name that the Sentinels know the primary by; undefined for the other kinds. */
  readonly primaryName: string | undefined;
  /** undefined: without TLS. */
  readonly tls: { readonly ca: string | undefined } | undefined;
  readonly login: RedisLogin;
  readonly sentinelLogin: RedisLogin;
  readonly database: number;
  /** The start of all keys and channels. In a cluster all keys with it are in one slot. */
  readonly prefix: string;
}

export interface RedisLogin {
  readonly user: string | undefined;
  readonly password: Secret | undefined;
}

const redisUrl = z
  .string()
  .transform((value, context) => {
    try {
      parseRedisUrl(value.trim());
    } catch (error) {
      if (!(error instanceof RedisUrlError)) throw error;
      context.addIssue(error.message);
      return z.NEVER;
    }
    return new Secret(value.trim());
  })
  .meta({
    type: "string",
    values:
      "`redis://[user[:password]@]host[:port][/database]`, `redis+sentinel://…host[:port],…/primary[/database]` or `redis+cluster://…host[:port],…`; with TLS `rediss…`",
  });

const certificates = z
  .string()
  .refine(areCertificates, "must be certificates in PEM: -----BEGIN CERTIFICATE----- and so on")
  .meta({ type: "string", values: "certificates in PEM" });

export const sharedState = z
  .object({
    redisUrl: redisUrl.optional().meta({
      name: "REDIS_URL",
      fromFile: true,
      description:
        "The Redis, or what speaks its protocol, through which copies of the gateway share what they learn. Not set: each copy is alone.",
    }),
    redisPassword: secret.optional().meta({
      name: "REDIS_PASSWORD",
      fromFile: true,
      description: "Its password, if it is not in the URL.",
    }),
    redisSentinelPassword: secret.optional().meta({
      name: "REDIS_SENTINEL_PASSWORD",
      fromFile: true,
      description: "The password of the Sentinels, if they have one. They do not get that of the Redis.",
    }),
    redisCa: certificates.optional().meta({
      name: "REDIS_CA",
      fromFile: true,
      description:
        "For `rediss`: the certificates of the only CAs that vouch for the Redis. Not set: those that Node trusts.",
    }),
    redisPrefix: text("1 to 100 characters, no spaces")
      .regex(/^\S{1,100}$/, "must have 1 to 100 characters and no spaces")
      .default("status-reason-gateway:")
      .meta({
        name: "REDIS_PREFIX",
        description:
          "The start of all keys and channels. Copies with the same prefix act as one; two installations on one Redis need different ones.",
      }),
  })
  .superRefine(({ redisUrl: url, redisSentinelPassword, redisCa, redisPrefix }, context) => {
    if (url === undefined) return;
    const { kind, isTls } = parseRedisUrl(url.reveal());
    const add = (key: string, message: string) => {
      context.addIssue({ code: "custom", path: [key], message });
    };
    if (redisCa !== undefined && !isTls) add("redisCa", "needs a REDIS_URL with TLS, such as rediss://");
    if (redisSentinelPassword !== undefined && kind !== "sentinel") {
      add("redisSentinelPassword", "needs a REDIS_URL with Sentinels, such as redis+sentinel://");
    }
    if (kind === "cluster" && !hasHashTag(inOneSlot(redisPrefix))) {
      add("redisPrefix", "must have no braces, or a part in braces, for a cluster");
    }
  })
  .meta({ title: "Shared state" });

export function readSharedState({
  redisUrl: url,
  redisPassword,
  redisSentinelPassword,
  redisCa,
  redisPrefix,
}: z.output<typeof sharedState>): SharedStateConfig {
  if (url === undefined) return { redis: undefined };
  const { kind, addresses, primaryName, database, isTls, user, password } = parseRedisUrl(url.reveal());
  const fromUrl = password === undefined ? undefined : new Secret(password);
  return {
    redis: {
      ...{ kind, addresses, primaryName, database },
      tls: isTls ? { ca: redisCa } : undefined,
      login: { user, password: redisPassword ?? fromUrl },
      sentinelLogin: { user: undefined, password: redisSentinelPassword },
      prefix: kind === "cluster" ? inOneSlot(redisPrefix) : redisPrefix,
    },
  };
}

/** A cluster chooses a key's slot by what is in its first braces, so all keys with such a prefix are in one. */
function inOneSlot(prefix: string): string {
  return /[{}]/.test(prefix) ? prefix : `{${prefix}}`;
}

function hasHashTag(prefix: string): boolean {
  return /^[^{]*\{[^}]+\}/.test(prefix);
}

function areCertificates(text: string): boolean {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0;
  } catch {
    return false;
  }
}
