import { emulatorTokens } from "../../src/emulator/seed/seed.js";
import { startCommand } from "../../test/support/process.js";
import type { GatewayProcess } from "../../test/support/process.js";

/** A copy of the gateway in a process of its own. */
export interface CopyProcess {
  readonly url: string;
  readonly origin: string;
  readonly process: GatewayProcess;
}

/**
 * Starts a copy and waits until it serves.
 *
 * @param entry the compiled entry of the gateway
 */
export async function startCopyProcess(
  entry: string,
  env: Readonly<Record<string, string>>,
): Promise<CopyProcess> {
  const child = startCommand(process.execPath, [entry], process.cwd(), {
    ...{ PORT: "0", LOG_LEVEL: "info", NODE_ENV: "test" },
    ...env,
  });
  const [, url = ""] = await child.printed(/"url":"([^"]+)"/);
  return { url, origin: new URL(url).origin, process: child };
}

/** What a client sees of one operation. */
export interface OperationResult {
  /** The HTTP status; 0 where the connection broke. */
  readonly status: number;
  /** The code of the first error; undefined without one, and where there is no GraphQL response. */
  readonly code?: string | undefined;
  /** In seconds; undefined where the response names none. */
  readonly retryAfter?: number | undefined;
}

interface ResponseBody {
  readonly errors?: readonly {
    readonly extensions?: { readonly code?: string; readonly retryAfter?: number };
  }[];
}

/** Sends an operation with the emulator's admin token. */
export async function send(url: string, query: string): Promise<OperationResult> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${emulatorTokens.admin}` },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    const { errors } = (text === "" ? {} : JSON.parse(text)) as ResponseBody;
    const extensions = errors?.[0]?.extensions;
    return { status: response.status, code: extensions?.code, retryAfter: extensions?.retryAfter };
  } catch {
    return { status: 0 };
  }
}

/** Whether the operation was executed without an error. */
export function isDone({ status, code }: OperationResult): boolean {
  return status === 200 && code === undefined;
}
