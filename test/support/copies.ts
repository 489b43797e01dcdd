import { readConfig } from "../../src/config/config.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { emulatorAccountId as accountId } from "../../src/emulator/seed/seed.js";
import { startGateway } from "../../src/gateway.js";
import { dataOf, errorOf, figureOf, post, untilFigure } from "./gateway.js";
import { captureLog } from "./log-capture.js";

export const reached = "status_reason_gateway_shared_state_reached";

export const heard = (event: string) =>
  `status_reason_gateway_shared_state_events_total{event="${event}",direction="received"}`;

export const reasons = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;

/** A copy of the gateway, as its configuration makes it. */
export interface Copy {
  readonly url: string;
  readonly origin: string;
  query(query: string): ReturnType<typeof post<Record<string, unknown>>>;
  figure(name: string): Promise<number>;
  untilFigure(name: string, value: number): Promise<void>;
  /** What the log says of the shared state. */
  stateLines(): readonly Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

/** Starts a copy that calls `emulator`, and does not wait until it reaches its Redis. */
export async function startCopy(emulator: Emulator, env: Readonly<Record<string, string>>): Promise<Copy> {
  const log = captureLog();
  const fixed = { PORT: "0", UPSTREAM: emulator.origin, LOG_LEVEL: "info", LIVE_INTERVAL_MS: "3600000" };
  const gateway = await startGateway(readConfig({ ...fixed, ...env }), log.logger);
  const { origin } = new URL(gateway.url);
  return {
    url: gateway.url,
    origin,
    query: (query) => post(gateway.url, JSON.stringify({ query })),
    figure: (name) => figureOf(origin, name),
    untilFigure: (name, value) => untilFigure(origin, name, value),
    stateLines: () => log.lines().filter(({ msg }) => String(msg).includes("shared state")),
    stop: () => gateway.stop(),
  };
}

/** Lets `one` meet a 429, and expects that `two` then holds back. The account is paused after that. */
export async function expectSharedPause(emulator: Emulator, one: Copy, two: Copy): Promise<void> {
  const before = await two.figure(heard("pause"));
  // Only a caller whose token has worked pauses the account for all.
  dataOf(await one.query(reasons));
  emulator.faults.add({ status: 429, times: 1, headers: { "retry-after": "60" } });
  expect(errorOf(await one.query(reasons)).extensions).toMatchObject({ code: "RATE_LIMITED" });
  await two.untilFigure(heard("pause"), before + 1);
  expect(errorOf(await two.query(reasons)).extensions).toMatchObject({ code: "RATE_LIMITED" });
}

/** Lets `one` write, and waits until `two` has heard of it. */
export async function expectSharedChange(one: Copy, two: Copy, text: string): Promise<void> {
  const before = await two.figure(heard("change"));
  const input = `{ text: "${text}" }`;
  dataOf(
    await one.query(
      `mutation { createStatusReason(accountId: "${accountId}", input: ${input}) { revision } }`,
    ),
  );
  await two.untilFigure(heard("change"), before + 1);
}
