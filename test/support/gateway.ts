import { print } from "graphql";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";

import { connectUpstream } from "../../src/upstream/connect-upstream.js";
import { readConfig } from "../../src/config/config.js";
import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { emulatorTokens } from "../../src/emulator/seed/seed.js";
import { createMetrics } from "../../src/observability/metrics/metrics.js";
import { fastPath } from "../../src/fast-path/index.js";
import { startServer } from "../../src/server/server.js";
import type { ServerOptions } from "../../src/server/server.js";
import type { UpstreamOptions } from "../../src/upstream/upstream.js";
import { captureLog } from "./log-capture.js";
import type { CapturedLog } from "./log-capture.js";

/** A GraphQL error as it crosses the wire. */
export interface WireError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** The response to a GraphQL request. */
export interface GraphqlResponse<Data> {
  readonly status: number;
  readonly headers: Headers;
  /** The raw body. */
  readonly text: string;
  readonly data: Data | null | undefined;
  readonly errors: readonly WireError[];
}

export interface RequestOptions {
  /** null: no Authorization header. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A gateway on a port, whose upstream is an emulator on a port. */
export interface TestGateway {
  readonly url: string;
  readonly origin: string;
  readonly emulator: Emulator;
  readonly log: CapturedLog;
  /** Runs a typed operation. */
  run<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<GraphqlResponse<Data>>;
  /** Runs an operation given as text. */
  query(
    query: string,
    variables?: object,
    options?: RequestOptions,
  ): Promise<GraphqlResponse<Record<string, unknown>>>;
  stop(): Promise<void>;
}

/** Options of a test's gateway beyond the settings. */
export interface TestGatewayOptions
  extends
    Partial<Omit<ServerOptions, "config" | "logger" | "upstream">>,
    Pick<UpstreamOptions, "resilience" | "observer"> {
  /** The clock of gateway and emulator, in epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * @param env settings other than the defaults; the emulator is the Domain API
 * @param options beyond the settings: a clock, an observer, shorter pauses, and the state of the circuit
 */
export async function startTestGateway(
  env: Readonly<Record<string, string>> = {},
  { now = Date.now, resilience, observer, ...gatewayOptions }: TestGatewayOptions = {},
): Promise<TestGateway> {
  const emulator = await startEmulator({ now });
  const defaults = { PORT: "0", UPSTREAM: emulator.origin, DOMAIN_API_URL: emulator.origin };
  const config = readConfig({ ...defaults, LOG_LEVEL: "trace", ...env });
  const log = captureLog();
  const metrics = createMetrics();
  const upstream = connectUpstream({
    config,
    logger: log.logger,
    emulatorOrigin: emulator.origin,
    now,
    resilience: { backoffBaseMs: 1, ...resilience },
    observer: observer ?? metrics.upstream,
  });
  const gateway = await startServer({
    config,
    logger: log.logger,
    upstream,
    metrics,
    isCircuitOpen: () => upstream.isCircuitOpen(),
    extensions: fastPath(config),
    ...gatewayOptions,
  });
  const stopAll = async (): Promise<void> => {
    await gateway.stop();
    await upstream.close();
    await emulator.stop();
  };
  let stopped: Promise<void> | undefined;
  const send = <Data>(query: string, variables: unknown, options?: RequestOptions) =>
    post<Data>(gateway.url, JSON.stringify({ query, variables }), options);
  return {
    url: gateway.url,
    origin: new URL(gateway.url).origin,
    emulator,
    log,
    run: (document, variables, options) => send(print(document), variables, options),
    query: (query, variables, options) => send(query, variables, options),
    stop: () => (stopped ??= stopAll()),
  };
}

/** Starts one gateway for all tests of the calling block, as {@link startTestGateway}, and resets its emulator after each. */
export function useTestGateway(
  env: Readonly<Record<string, string>> = {},
  options: TestGatewayOptions = {},
): TestGateway {
  let gateway: TestGateway | undefined;
  beforeAll(async () => {
    gateway = await startTestGateway(env, options);
  });
  afterEach(() => {
    gateway?.emulator.reset();
  });
  afterAll(() => gateway?.stop());
  // The gateway starts only after the tests have been declared.
  return new Proxy({} as TestGateway, {
    get: (_target, name) => Reflect.get(gateway ?? {}, name) as unknown,
  });
}

/** Posts a body to a GraphQL endpoint, with the emulator's admin token unless told otherwise. */
export async function post<Data>(
  url: string,
  body: string,
  { token = emulatorTokens.admin, headers = {}, signal }: RequestOptions = {},
): Promise<GraphqlResponse<Data>> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body,
    signal: signal ?? null,
  });
  const text = await response.text();
  const result = JSON.parse(text) as { data?: Data | null; errors?: WireError[] };
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: result.data,
    errors: result.errors ?? [],
  };
}

/** The value of a metric without labels at `/metrics`. */
export async function figureOf(origin: string, metric: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const figure = new RegExp(`^${metric} (\\S+)$`, "m").exec(text)?.[1];
  if (figure === undefined) throw new Error(`no figure ${metric}`);
  return Number(figure);
}

/** The data of a response; expects no errors. */
export function dataOf<Data>({ data, errors }: GraphqlResponse<Data>): Data {
  expect(errors).toEqual([]);
  if (data === null || data === undefined) throw new Error("a response without data");
  return data;
}

/** The error of a response; expects exactly one. */
export function errorOf({ errors }: GraphqlResponse<unknown>): WireError {
  expect(errors).toHaveLength(1);
  const [error] = errors;
  if (error === undefined) throw new Error("a response without an error");
  return error;
}

/** Resolves once the gateway shows a value for a figure, or one that satisfies a condition. */
export async function untilFigure(
  origin: string,
  metric: string,
  value: number | ((figure: number) => boolean),
): Promise<void> {
  const isReached = typeof value === "number" ? (figure: number) => figure === value : value;
  while (!isReached(await figureOf(origin, metric)));
}
