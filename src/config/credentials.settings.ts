import * as z from "zod";

import { milliseconds, oneOf, secret, text } from "./setting-types.js";
import { Secret } from "./secret.js";

/** Whose name the upstream is called in, and what that takes. */
export type CredentialsConfig =
  /** The caller's own bearer token is passed on. */
  | { readonly kind: "caller" }
  /** An OAuth 2.0 client of the gateway's own. */
  | {
      readonly kind: "oauth2";
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly gatewayApiKeys: readonly Secret[];
    }
  /** An OAuth 1.0a API key of the gateway's own. */
  | {
      readonly kind: "oauth1";
      readonly appKey: Secret;
      readonly appSecret: Secret;
      readonly accessToken: Secret;
      readonly accessTokenSecret: Secret;
      readonly gatewayApiKeys: readonly Secret[];
    };

/** A key has to fit into a bearer header and a comma-separated list, and must not be guessable. */
const apiKeyPattern = /^[\x21-\x2b\x2d-\x7e]{16,}$/;

/** One key a line counts like commas: that is how files are written. */
const apiKeys = z
  .string()
  .transform((value) => value.split(/[,\n]/).map((key) => key.trim()))
  .transform((keys) => keys.filter((key) => key !== "").map((key) => new Secret(key)))
  .meta({ type: "string", values: "comma-separated keys, each of 16 visible ASCII characters or more" });

export const credentials = z
  .object({
    kind: oneOf(["caller", "oauth2", "oauth1"]).default("caller").meta({
      name: "CREDENTIALS",
      description:
        "Whose credentials the upstream gets. `caller`: the caller's bearer token; `oauth2`, `oauth1`: the gateway's own, which `Agent.statusChanges` needs.",
    }),
    clientId: text("text").optional().meta({
      name: "LP_CLIENT_ID",
      fromFile: true,
      description: "For `oauth2`: the client's id.",
    }),
    clientSecret: secret.optional().meta({
      name: "LP_CLIENT_SECRET",
      fromFile: true,
      description: "For `oauth2`: the client's secret.",
    }),
    appKey: secret.optional().meta({
      name: "LP_APP_KEY",
      fromFile: true,
      description: "For `oauth1`: the API key's app key.",
    }),
    appSecret: secret.optional().meta({
      name: "LP_APP_SECRET",
      fromFile: true,
      description: "For `oauth1`: the API key's secret.",
    }),
    accessToken: secret.optional().meta({
      name: "LP_ACCESS_TOKEN",
      fromFile: true,
      description: "For `oauth1`: the API key's access token.",
    }),
    accessTokenSecret: secret.optional().meta({
      name: "LP_ACCESS_TOKEN_SECRET",
      fromFile: true,
      description: "For `oauth1`: the access token's secret.",
    }),
    bearerToken: secret.optional().meta({
      name: "LP_BEARER_TOKEN",
      fromFile: true,
      description:
        "For the command `reasons`: the bearer token that it calls the upstream with, in place of `CREDENTIALS`. The gateway does not use it.",
    }),
    gatewayApiKeys: apiKeys.optional().meta({
      name: "GATEWAY_API_KEYS",
      fromFile: true,
      description:
        "For `oauth2` and `oauth1`: the bearer tokens that callers of the gateway must send one of.",
    }),
    secretsCheckMs: milliseconds(0, 3_600_000).default(10_000).meta({
      name: "SECRETS_CHECK_MS",
      description:
        "How often files of secrets are looked at; changed ones are taken without a restart. 0: only on SIGHUP.",
    }),
  })
  .meta({ title: "Credentials" });

type CredentialSettings = Readonly<z.output<typeof credentials>>;

/** What each kind of credentials needs. */
const needed = {
  caller: [],
  oauth2: ["clientId", "clientSecret", "gatewayApiKeys"],
  oauth1: ["appKey", "appSecret", "accessToken", "accessTokenSecret", "gatewayApiKeys"],
} as const;

/**
 * Checks what no single setting can know: that all that `CREDENTIALS` needs is there and usable.
 *
 * @param variables the names of all variables that are set
 * @returns one line for each problem
 */
export function credentialProblems(settings: CredentialSettings, variables: readonly string[]): string[] {
  const { kind, gatewayApiKeys } = settings;
  const missing = needed[kind]
    .filter((key) => settings[key] === undefined)
    .map((key) => credentials.shape[key].meta()?.name ?? key)
    // A file that cannot be read has a line of its own.
    .filter((name) => !variables.includes(`${name}_FILE`))
    .map((name) => `${name}: must be set when CREDENTIALS=${kind}, here or as a file in ${name}_FILE`);
  if (kind === "caller" || gatewayApiKeys === undefined || areUsable(gatewayApiKeys)) return missing;
  const unusable =
    "GATEWAY_API_KEYS: must be comma-separated keys of visible ASCII characters, 16 at least in each";
  return [...missing, unusable];
}

function areUsable(keys: readonly Secret[]): boolean {
  return keys.length > 0 && keys.every((key) => apiKeyPattern.test(key.reveal()));
}

/** @returns undefined where something that is needed is not set */
export function readCredentials(settings: CredentialSettings): CredentialsConfig | undefined {
  const { kind, clientId, clientSecret, gatewayApiKeys } = settings;
  const { appKey, appSecret, accessToken, accessTokenSecret } = settings;
  if (kind === "caller") return { kind };
  if (gatewayApiKeys === undefined) return undefined;
  if (kind === "oauth2") {
    if (clientId === undefined || clientSecret === undefined) return undefined;
    return { kind, clientId, clientSecret, gatewayApiKeys };
  }
  return (
    appKey &&
    appSecret &&
    accessToken &&
    accessTokenSecret && { kind, appKey, appSecret, accessToken, accessTokenSecret, gatewayApiKeys }
  );
}
