import { SpanKind, SpanStatusCode, context, propagation, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

import { emulatorAccountId } from "../../src/emulator/seed/seed.js";
import { inOperationSpan } from "../../src/observability/operations/operation-span.js";
import { startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";

const query = `query Count { statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;
const traceId = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

describe("trace context", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  beforeEach(() => {
    gateway.emulator.journal.clear();
  });
  afterAll(() => gateway.stop());

  async function sentUpstream(headers: Record<string, string>): Promise<unknown> {
    await gateway.query(query, {}, { headers });
    const sent = gateway.emulator.journal.requests.at(-1)?.headers;
    return { traceparent: sent?.["traceparent"], tracestate: sent?.["tracestate"] };
  }

  it("goes on to the upstream as it came", async () => {
    expect(await sentUpstream({ traceparent, tracestate: "a=1,b=2" })).toEqual({
      traceparent,
      tracestate: "a=1,b=2",
    });
    expect(await sentUpstream({ traceparent })).toEqual({ traceparent });
  });

  it.each([
    [`cc-${traceId}-b7ad6b7169203331-01`, "01"],
    [`cc-${traceId}-b7ad6b7169203331-03-${"x".repeat(5000)}`, "01"],
    [`01-${traceId}-b7ad6b7169203331-02-`, "00"],
  ])("of a later version goes on as far as it is known: %s", async (later, flags) => {
    const known = `00-${traceId}-b7ad6b7169203331-${flags}`;
    expect(await sentUpstream({ traceparent: later })).toEqual({ traceparent: known });
  });

  it("goes on without a state that is too long", async () => {
    expect(await sentUpstream({ traceparent, tracestate: `a=${"1".repeat(511)}` })).toEqual({ traceparent });
  });

  it.each([
    { traceparent: "00-xyz" },
    { tracestate: "a=1" },
    { traceparent: `${traceparent} ` + "x".repeat(20) },
    { traceparent: `00-${"0".repeat(32)}-b7ad6b7169203331-01` },
    { traceparent: `00-${traceId}-${"0".repeat(16)}-01` },
    { traceparent: `ff-${traceId}-b7ad6b7169203331-01` },
    { traceparent: traceparent.toUpperCase() },
    { traceparent: `${traceparent}-more` },
    { traceparent: `${traceparent}0` },
    { traceparent: `cc-${traceId}-b7ad6b7169203331-01.more` },
    { traceparent: `00-${traceId}-b7ad6b7169203331` },
    { traceparent: `${traceparent}-${"x".repeat(5000)}` },
  ])("goes no further where it is none: %j", async (headers) => {
    expect(await sentUpstream(headers as Record<string, string>)).toEqual({});
  });
});

describe("with an OpenTelemetry SDK in the process", () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let gateway: TestGateway;
  beforeAll(async () => {
    provider.register();
    gateway = await startTestGateway();
  });
  beforeEach(() => {
    gateway.emulator.faults.clear();
    gateway.emulator.journal.clear();
    exporter.reset();
  });
  afterAll(async () => {
    await gateway.stop();
    await provider.shutdown();
    for (const api of [trace, context, propagation]) api.disable();
  });

  it("a known operation whose caller leaves is a span that ends", async () => {
    await gateway.query(query);
    exporter.reset();
    gateway.emulator.faults.add({ hang: true });
    const caller = new AbortController();
    const left = gateway.query(query, {}, { signal: caller.signal });
    await gateway.emulator.journal.whenReceived({}, 2);
    caller.abort();
    await expect(left).rejects.toThrow();
    const isEnded = (): boolean => exporter.getFinishedSpans().some(({ name }) => name === "query Count");
    while (!isEnded()) await new Promise((resolve) => setImmediate(resolve));
  });

  it("each operation is a span of the caller's trace, and each upstream call a span below it", async () => {
    await gateway.query(query, {}, { headers: { traceparent } });
    const [call, operation] = exporter.getFinishedSpans();
    expect(operation).toMatchObject({
      name: "query Count",
      kind: SpanKind.SERVER,
      parentSpanContext: { traceId, spanId: "b7ad6b7169203331" },
      attributes: { "graphql.operation.name": "Count", "graphql.operation.type": "query" },
    });
    expect(call).toMatchObject({
      name: "listStatusReasons",
      kind: SpanKind.CLIENT,
      parentSpanContext: { spanId: operation?.spanContext().spanId },
      attributes: { "upstream.service": "accountConfigReadOnly", "http.response.status_code": 200 },
    });
    expect(gateway.emulator.journal.requests[0]?.headers["traceparent"]).toBe(
      `00-${traceId}-${call?.spanContext().spanId ?? ""}-01`,
    );
  });

  it("an operation within a span of HTTP is a span below that", async () => {
    const http = trace.getTracer("http").startSpan("POST");
    const within = trace.setSpan(context.active(), http);
    await context.with(within, () => inOperationSpan({ traceparent }, () => Promise.resolve()));
    expect(exporter.getFinishedSpans()[0]).toMatchObject({
      kind: SpanKind.INTERNAL,
      parentSpanContext: { spanId: http.spanContext().spanId },
    });
  });

  it("spans say what failed, and nothing that is secret", async () => {
    gateway.emulator.faults.add({ reset: "before" });
    await gateway.query(query);
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ status }) => status.code)).toEqual(spans.map(() => SpanStatusCode.ERROR));
    expect(spans.at(-1)?.attributes["graphql.error.codes"]).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(JSON.stringify(spans.map(({ attributes, events }) => [attributes, events]))).not.toMatch(
      /token|127\.0/,
    );
  });

  it("operations side by side do not get into each other's trace", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => index.toString(16).padStart(32, "a"));
    const narrow = await startTestGateway({ UPSTREAM_MAX_CONCURRENCY: "2" });
    const look = `query ($id: ID!) { statusReason(accountId: "${emulatorAccountId}", id: $id) { id } }`;
    await Promise.all(
      ids.map((id, index) =>
        narrow.query(
          look,
          { id: String(index + 1) },
          {
            headers: { traceparent: `00-${id}-b7ad6b7169203331-01`, "x-request-id": id },
          },
        ),
      ),
    );
    expect(narrow.emulator.journal.count()).toBe(ids.length);
    for (const { headers } of narrow.emulator.journal.requests) {
      expect(headers["traceparent"]).toContain(headers["x-request-id"]);
    }
    await narrow.stop();
  });
});
