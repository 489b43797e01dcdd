import { z } from "zod";

import { Secret } from "./secret.js";

/** Whose name the upstream is called in, with what that takes. */
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

/** What a caller could not send as a bearer token would never match; what is short can be guessed. */
const apiKeyPattern = /^[\x21-\x2b\x2d-\x7e]{16,}$/;

/** The secrets of each way to authenticate; all are needed. */
const secretsOf = {
  caller: [],
  oauth2: ["LP_CLIENT_ID", "LP_CLIENT_SECRET", "GATEWAY_API_KEYS"],
  oauth1: ["LP_APP_KEY", "LP_APP_SECRET", "LP_ACCESS_TOKEN", "LP_ACCESS_TOKEN_SECRET", "GATEWAY_API_KEYS"],
} as const;

type SecretName = (typeof secretsOf)[keyof typeof secretsOf][number];

/** The variables that may also be given as a file, by the same name and `_FILE`. */
export const secretNames: readonly SecretName[] = [...new Set([...secretsOf.oauth2, ...secretsOf.oauth1])];

const kinds = ["caller", "oauth2", "oauth1"] as const;

/** Whose credentials go to the upstream. The secrets themselves are read by {@link readCredentials}. */
export const credentialVariables = {
  CREDENTIALS: z
    .enum(kinds, `must be one of ${kinds.join(", ")}`)
    .default("caller")
    .describe("Whose credentials go to the upstream: the caller's, or the gateway's own."),
};

/** @returns undefined for the credentials, with the reasons, where something is missing */
export function readCredentials(env: Readonly<Record<string, string | undefined>>): {
  credentials: CredentialsConfig | undefined;
  problems: string[];
} {
  const kind = kinds.find((name) => name === (env["CREDENTIALS"] ?? "caller"));
  if (kind === undefined) return { credentials: undefined, problems: [] };
  const problems = secretsOf[kind].flatMap((name) => problemOf(name, kind, env));
  return { credentials: problems.length > 0 ? undefined : credentialsOf(kind, env), problems };
}

function problemOf(
  name: SecretName,
  kind: string,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const value = env[name];
  if (value === undefined) {
    // A file that cannot be read has had its own line.
    const hasFile = env[`${name}_FILE`] !== undefined;
    return hasFile
      ? []
      : [`${name}: must be set when CREDENTIALS=${kind}, here or as a file in ${name}_FILE`];
  }
  const keys = keysIn(value);
  const areKeys = keys.length > 0 && keys.every((key) => apiKeyPattern.test(key));
  return name !== "GATEWAY_API_KEYS" || areKeys
    ? []
    : [`${name}: must be comma-separated keys of visible ASCII characters, 16 at least in each`];
}

function credentialsOf(
  kind: (typeof kinds)[number],
  env: Readonly<Record<string, string | undefined>>,
): CredentialsConfig {
  const secret = (name: SecretName): Secret => new Secret(env[name]?.trim() ?? "");
  if (kind === "caller") return { kind };
  const gatewayApiKeys = keysIn(env["GATEWAY_API_KEYS"] ?? "").map((key) => new Secret(key));
  if (kind === "oauth2") {
    const clientId = env["LP_CLIENT_ID"] ?? "";
    return { kind, clientId, clientSecret: secret("LP_CLIENT_SECRET"), gatewayApiKeys };
  }
  return {
    kind,
    appKey: secret("LP_APP_KEY"),
    appSecret: secret("LP_APP_SECRET"),
    accessToken: secret("LP_ACCESS_TOKEN"),
    accessTokenSecret: secret("LP_ACCESS_TOKEN_SECRET"),
    gatewayApiKeys,
  };
}

/** One key a line is as good as commas: that is how files are written. */
function keysIn(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((key) => key.trim())
    .filter((key) => key !== "");
}
