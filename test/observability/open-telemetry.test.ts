import { context, metrics, trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

import { createGateway } from "../../src/index.js";
import type { Gateway } from "../../src/index.js";
import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { createLogger } from "../../src/observability/logger/logger.js";
import { post } from "../support/gateway.js";

const query = `query Count { statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;
const traceId = "0af7651916cd43dd8448eb211c80319c";
const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };

const prefix = "status_reason_gateway_";

describe("with an OpenTelemetry SDK in the process", () => {
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 2 ** 30,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const logExporter = new InMemoryLogRecordExporter();
  const loggerProvider = new LoggerProvider({
    processors: [new SimpleLogRecordProcessor({ exporter: logExporter })],
  });
  const tracerProvider = new NodeTracerProvider();
  let gateway: Gateway;
  beforeAll(async () => {
    metrics.setGlobalMeterProvider(meterProvider);
    logs.setGlobalLoggerProvider(loggerProvider);
    tracerProvider.register();
    const logger = createLogger({ logLevel: "info" }, { write: () => undefined });
    gateway = await createGateway({ PORT: 0 }, { logger });
  });
  afterAll(async () => {
    await gateway.stop();
    await Promise.all([meterProvider.shutdown(), loggerProvider.shutdown(), tracerProvider.shutdown()]);
    for (const api of [metrics, logs, trace, context]) api.disable();
  });

  /** What was exported of a metric last. */
  async function exported(name: string): Promise<readonly { attributes: object; value: unknown }[]> {
    await meterProvider.forceFlush();
    const all =
      metricExporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    return all.find(({ descriptor }) => descriptor.name === prefix + name)?.dataPoints ?? [];
  }

  it("exports every metric of /metrics, with the same figures", async () => {
    for (let times = 0; times < 3; times += 1) await post(gateway.url, JSON.stringify({ query }));
    const [operations] = await exported("operations_total");
    expect(operations).toMatchObject({ attributes: { type: "query", outcome: "ok" }, value: 3 });
    const [durations] = await exported("operation_duration_seconds");
    expect(durations).toMatchObject({ attributes: { type: "query" }, value: { count: 3 } });
    const [calls] = await exported("upstream_call_duration_seconds");
    expect(calls).toMatchObject({ attributes: { operation: "listStatusReasons" }, value: { count: 3 } });

    const text = await (await fetch(new URL("/metrics", gateway.url))).text();
    const there = [...text.matchAll(/^# TYPE (\w+) (?:counter|gauge)$/gm)].map(([, name = ""]) => name);
    const all =
      metricExporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    const names = all.map(({ descriptor }) => descriptor.name);
    // Those without a series have nothing to export.
    const shown = there.filter((name) => new RegExp(`^${name}[ {]`, "m").test(text));
    expect(shown.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("exports log lines with their level, fields and trace", async () => {
    await post(gateway.url, JSON.stringify({ query }), { headers });
    const record = logExporter.getFinishedLogRecords().at(-1);
    expect(record).toMatchObject({ body: "operation", severityNumber: 9, spanContext: { traceId } });
    expect(record?.attributes).toMatchObject({ operation: "Count", outcome: "ok", upstreamCalls: 1 });
    expect(JSON.stringify(record?.attributes)).not.toContain(emulatorTokens.admin);
    expect(record?.attributes).not.toHaveProperty("trace_id");
  });
});

it("without one, a line has the id of the caller's trace", async () => {
  const lines: string[] = [];
  const logger = createLogger({ logLevel: "info" }, { write: (line) => void lines.push(line) });
  const gateway = await createGateway({ PORT: 0 }, { logger });
  await post(gateway.url, JSON.stringify({ query }), { headers });
  await post(gateway.url, JSON.stringify({ query }));
  await gateway.stop();
  const [traced, untraced] = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === "operation");
  expect(traced).toMatchObject({ trace_id: traceId });
  expect(traced).not.toHaveProperty("span_id");
  expect(untraced).not.toHaveProperty("trace_id");
});
