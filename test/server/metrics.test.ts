import { emulatorAccountId } from "../../src/emulator/seed/seed.js";
import { createMetrics } from "../../src/observability/metrics/metrics.js";
import { startTestGateway } from "../support/gateway.js";

const query = `query Count { statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;

async function scrape(origin: string): Promise<string> {
  const response = await fetch(`${origin}/metrics`);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  return response.text();
}

describe("/metrics", () => {
  it("counts operations, and upstream calls by what came of them", async () => {
    const gateway = await startTestGateway();
    await gateway.query(query);
    gateway.emulator.faults.add({ status: 403 });
    await gateway.query(query);
    await gateway.query("{ nothing }");
    const text = await scrape(gateway.origin);
    await gateway.stop();
    const call = 'service="accountConfigReadOnly",operation="listStatusReasons"';
    for (const line of [
      /^status_reason_gateway_operations_total\{operation="Count:[\da-f]{12}",type="query",outcome="ok"\} 1$/m,
      /^status_reason_gateway_operations_total\{operation="Count:[\da-f]{12}",type="query",outcome="failed"\} 1$/m,
      /^status_reason_gateway_operations_total\{operation="refused",type="unknown",outcome="refused"\} 1$/m,
      /^status_reason_gateway_operation_errors_total\{code="FORBIDDEN"\} 1$/m,
      /^status_reason_gateway_operation_duration_seconds_bucket\{le="30",operation="Count:[\da-f]{12}",type="query"\} 2$/m,
      new RegExp(`^status_reason_gateway_upstream_calls_total\\{${call},status="200"\\} 1$`, "m"),
      new RegExp(`^status_reason_gateway_upstream_calls_total\\{${call},status="403"\\} 1$`, "m"),
      new RegExp(`^status_reason_gateway_upstream_call_duration_seconds_count\\{${call}\\} 2$`, "m"),
      new RegExp(`^status_reason_gateway_upstream_calls_in_flight\\{${call}\\} 0$`, "m"),
      /^status_reason_gateway_requests_in_flight 0$/m,
      /^status_reason_gateway_process_resident_memory_bytes \d+$/m,
      /^status_reason_gateway_operation_errors_total\{code="INTERNAL_SERVER_ERROR"\} 0$/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it("shows an upstream call while it is in flight", async () => {
    const gateway = await startTestGateway();
    gateway.emulator.faults.add({ hang: true });
    const caller = new AbortController();
    const left = gateway.query(query, {}, { signal: caller.signal });
    await gateway.emulator.journal.whenReceived({}, 1);
    const inFlight =
      'status_reason_gateway_upstream_calls_in_flight{service="accountConfigReadOnly",operation="listStatusReasons"}';
    expect(await scrape(gateway.origin)).toContain(`${inFlight} 1\n`);
    caller.abort();
    await expect(left).rejects.toThrow();
    while (!(await scrape(gateway.origin)).includes(`${inFlight} 0\n`));
    await gateway.stop();
  });

  it("tells which build runs", async () => {
    const text = await createMetrics().text();
    expect(text).toMatch(
      /^status_reason_gateway_build_info\{version="\d+\.\d+\.\d+",node_version="[\d.]+"\} 1$/m,
    );
  });

  it("knows of each gateway only what it did", async () => {
    const [one, other] = [await startTestGateway(), await startTestGateway()];
    await one.query(query);
    expect(await scrape(one.origin)).toContain('operation="Count:');
    expect(await scrape(other.origin)).not.toContain('operation="Count:');
    await Promise.all([one.stop(), other.stop()]);
  });

  it("does not grow with what callers make up", async () => {
    const gateway = await startTestGateway();
    const token = null;
    for (let index = 0; index < 120; index += 1) {
      await gateway.query(`query Q${index} { __typename }`, {}, { token });
      await gateway.query(query.replace("Count", `Q${index}`), {}, { token });
    }
    await gateway.query(query);
    const text = await scrape(gateway.origin);
    expect(text).toMatch(
      /^status_reason_gateway_operations_total\{operation="Count:[^"]+",type="query",outcome="ok"\} 1$/m,
    );
    expect(text).toMatch(
      /^status_reason_gateway_operations_total\{operation="other",type="query",outcome="ok"\} 120$/m,
    );
    expect(text).toMatch(
      /^status_reason_gateway_operations_total\{operation="other",type="query",outcome="failed"\} 120$/m,
    );
    expect(text.match(/^status_reason_gateway_operations_total\{/gm)).toHaveLength(3);
    await gateway.stop();
  });

  it("shows the operations that were used last, if there are too many", async () => {
    const gateway = await startTestGateway();
    await gateway.query(query);
    for (let index = 0; index < 120; index += 1) {
      await gateway.query(query.replace("Count", `Q${index}`));
      await gateway.query(query);
    }
    const text = await scrape(gateway.origin);
    await gateway.stop();
    expect(text.match(/^status_reason_gateway_operations_total\{/gm)?.length).toBeLessThanOrEqual(101);
    expect(text).toMatch(
      /^status_reason_gateway_operations_total\{operation="Count:[^"]+",type="query",outcome="ok"\} 121$/m,
    );
    expect(text).toContain('operation="Q119:');
    expect(text).not.toContain('operation="Q0:');
    const counts = text.match(/^status_reason_gateway_operation_duration_seconds_count\{/gm);
    expect(counts?.length).toBeLessThanOrEqual(101);
  });
});

describe("the upstream's metrics", () => {
  it("take what its client tells", async () => {
    const metrics = createMetrics();
    const call = { service: "agentVep", operation: "login" };
    metrics.upstream.callStarted(call);
    metrics.upstream.callEnded({ ...call, outcome: "timeout", durationMs: 250 });
    metrics.upstream.retried(call);
    metrics.upstream.readShared(call);
    metrics.upstream.circuitChanged("host.example", "open");
    metrics.upstream.queueChanged("host.example", 7);
    const text = await metrics.text();
    const labels = 'service="agentVep",operation="login"';
    for (const line of [
      `status_reason_gateway_upstream_calls_total{${labels},status="timeout"} 1`,
      `status_reason_gateway_upstream_call_duration_seconds_sum{${labels}} 0.25`,
      `status_reason_gateway_upstream_retries_total{${labels}} 1`,
      `status_reason_gateway_upstream_shared_reads_total{${labels}} 1`,
      'status_reason_gateway_upstream_circuit_state{host="host.example"} 2',
      'status_reason_gateway_upstream_queue_length{host="host.example"} 7',
    ]) {
      expect(text.split("\n")).toContain(line);
    }
  });
});
