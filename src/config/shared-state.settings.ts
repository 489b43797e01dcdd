import { z } from "zod";

import { Secret } from "./secret.js";
import { secret, text } from "./setting-types.js";

/** How the copies of the gateway reach each other. */
export interface SharedStateConfig {
  /** undefined: there is one copy, or each is alone. */
  readonly redis: RedisConfig | undefined;
}

export interface RedisConfig {
  /** A URL with everything that a client needs, so with the password, if there is one. */
  readonly url: Secret;
  /** The start of all keys and channels. */
  readonly prefix: string;
}

const redisUrl = z
  .string()
  .refine(isRedisUrl, "must be a redis:// or rediss:// URL, such as rediss://user@redis.internal:6379/0")
  .transform((value) => new Secret(value.trim()))
  .meta({ type: "string", values: "a `redis://` or `rediss://` URL" });

export const sharedState = z
  .object({
    redisUrl: redisUrl.optional().meta({
      name: "REDIS_URL",
      fromFile: true,
      description:
        "The Redis, or what speaks its protocol, through which copies of the gateway share what they learn; `rediss` is TLS. Not set: each copy is alone.",
    }),
    redisPassword: secret.optional().meta({
      name: "REDIS_PASSWORD",
      fromFile: true,
      description: "Its password, if it is not in the URL.",
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
  .meta({ title: "Shared state" });

export function readSharedState({
  redisUrl: url,
  redisPassword,
  redisPrefix: prefix,
}: z.output<typeof sharedState>): SharedStateConfig {
  if (url === undefined) return { redis: undefined };
  const whole = new URL(url.reveal());
  if (redisPassword !== undefined) whole.password = encodeURIComponent(redisPassword.reveal());
  return { redis: { url: new Secret(whole.href), prefix } };
}

function isRedisUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return (protocol === "redis:" || protocol === "rediss:") && hostname !== "";
}
