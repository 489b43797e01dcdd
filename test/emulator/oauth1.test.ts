import { createHmac } from "node:crypto";

import { emulatorAccountId, emulatorApiKeys } from "../../src/emulator/seed/seed.js";

import { reasonsPath, startedAt, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();

interface Signing {
  method?: string;
  key?: Record<keyof typeof emulatorApiKeys.admin, string>;
  /** Epoch milliseconds. */
  at?: number;
  nonce?: string;
}

/** Signs by hand: the paths used here need no encoding but what is done here. */
function sign(
  path: string,
  { method = "GET", key = emulatorApiKeys.admin, at = startedAt, nonce = "n1" }: Signing = {},
): string {
  const [base = "", query = ""] = (running.emulator.origin + path).split("?");
  const protocol = [
    `oauth_consumer_key=${key.appKey}`,
    `oauth_nonce=${nonce}`,
    "oauth_signature_method=HMAC-SHA1",
    `oauth_timestamp=${at / 1000}`,
    `oauth_token=${key.accessToken}`,
  ];
  const parameters = [...protocol, query].sort().join("&");
  const text = [method, base, parameters].map(encodeURIComponent).join("&");
  const signature = createHmac("sha1", `${key.appSecret}&${key.accessTokenSecret}`)
    .update(text)
    .digest("base64");
  const pairs = [...protocol, `oauth_signature=${encodeURIComponent(signature)}`];
  return `OAuth ${pairs.map((pair) => pair.replace("=", '="').concat('"')).join(", ")}`;
}

function call(path: string, authorization: string, method = "GET"): Promise<EmulatorResponse> {
  return running.call(path, { token: null, method, headers: { authorization } });
}

test("lets in whoever signs with an API key, once a signature", async () => {
  const authorization = sign(reasonsPath());
  expect((await call(reasonsPath(), authorization)).status).toBe(200);
  expect((await call(reasonsPath(), authorization)).status).toBe(401);
  expect((await call(reasonsPath(), sign(reasonsPath(), { nonce: "n2" }))).status).toBe(200);
});

test("grants what the key may do", async () => {
  const path = reasonsPath("/725987312?v=1.0");
  const key = emulatorApiKeys.readOnly;
  expect((await call(path, sign(path, { method: "DELETE", key }), "DELETE")).status).toBe(403);
});

test("shows the history of agents' changes to whoever signs", async () => {
  const path = `/api/v2/account/${emulatorAccountId}/status-changes?source=test&v=2`;
  expect((await call(path, sign(path))).status).toBe(200);
});

test.each([
  ["another method", () => sign(reasonsPath(), { method: "POST" })],
  ["another URL", () => sign(reasonsPath("?v=2.0"))],
  ["another secret", () => sign(reasonsPath(), { key: { ...emulatorApiKeys.admin, appSecret: "x" } })],
  [
    "another token secret",
    () => sign(reasonsPath(), { key: { ...emulatorApiKeys.admin, accessTokenSecret: "x" } }),
  ],
  ["an unknown key", () => sign(reasonsPath(), { key: { ...emulatorApiKeys.admin, appKey: "x" } })],
  ["a time long ago", () => sign(reasonsPath(), { at: startedAt - 301_000 })],
  ["no nonce", () => sign(reasonsPath(), { nonce: "" })],
  ["no parameters", () => "OAuth "],
  ["a parameter twice", () => `${sign(reasonsPath())}, oauth_nonce="n1"`],
  ["bad encoding", () => 'OAuth oauth_nonce="%"'],
])("refuses a signature with %s", async (_what, authorization) => {
  expect((await call(reasonsPath(), authorization())).status).toBe(401);
});
