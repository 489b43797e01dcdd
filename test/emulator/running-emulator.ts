import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { parseJson, stringifyJson } from "../../src/lib/index.js";
import { emulatorAccountId, emulatorClients, emulatorTokens } from "../../src/emulator/seed/seed.js";

/** When every test begins, by the emulator's clock. */
export const startedAt = Date.UTC(2026, 0, 15, 12);

export interface Call {
  method?: string;
  /** null: no Authorization header. Default: the admin's. */
  token?: string | null;
  headers?: Record<string, string>;
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
}

export interface EmulatorResponse {
  status: number;
  headers: Headers;
  text: string;
}

/** An emulator for the tests of one file, reset before each of them. */
export class RunningEmulator {
  now = startedAt;
  #emulator: Emulator | undefined;

  get emulator(): Emulator {
    if (this.#emulator === undefined) throw new Error("The emulator is not running.");
    return this.#emulator;
  }

  async start(): Promise<void> {
    this.#emulator = await startEmulator({ now: () => this.now });
  }

  reset(): void {
    this.now = startedAt;
    this.emulator.reset();
  }

  async call(path: string, { method = "GET", token, headers, body }: Call = {}): Promise<EmulatorResponse> {
    const authorization = token === null ? undefined : `Bearer ${token ?? emulatorTokens.admin}`;
    const response = await fetch(this.emulator.origin + path, {
      method,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : stringifyJson(body) }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
}

/** An access token of an OAuth 2.0 client: machine credentials. */
export async function machineToken(running: RunningEmulator): Promise<string> {
  const { clientId, clientSecret } = emulatorClients.admin;
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials" };
  const response = await running.call(`/sentinel/api/account/${emulatorAccountId}/app/token?v=2.0`, {
    method: "POST",
    token: null,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  });
  return (jsonIn(response) as { access_token: string }).access_token;
}

/** Runs an emulator around the tests of a file. */
export function useEmulator(): RunningEmulator {
  const running = new RunningEmulator();
  beforeAll(() => running.start());
  beforeEach(() => {
    running.reset();
  });
  afterAll(() => running.emulator.stop());
  return running;
}

/** The answer's body, its 64-bit integers as bigints where a double does not hold them. */
export const jsonIn = (answer: EmulatorResponse): unknown => parseJson(answer.text);

/** A path of the status-reason API. */
export const reasonsPath = (rest = "?v=1.0", accountId = emulatorAccountId): string =>
  `/api/account/${accountId}/configuration/le-agents/status-reasons${rest}`;
