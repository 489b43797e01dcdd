import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Redis } from "ioredis";
import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import type { ISecret } from "kubernetes-models/v1/Secret";
import type { IService } from "kubernetes-models/v1/Service";
import { parse } from "yaml";

import { readConfig } from "../../src/config/config.js";
import { startEmulator } from "../../src/emulator/emulator.js";
import { startGateway } from "../../src/gateway.js";
import { figureOf, post, untilFigure } from "../support/gateway.js";
import { captureLog } from "../support/log-capture.js";
import { killRedisServers, RedisServer } from "../support/redis.js";
import { imageEnvironment, knownVariables, readEnvFile } from "./deployed-config.js";
import { readExpression } from "./promql.js";

const folder = "deploy/kubernetes";
const read = (file: string): unknown => parse(readFileSync(join(folder, file), "utf8"));
const gateway = read("deployment.yaml") as IDeployment;
const gatewayPod = gateway.spec?.template;
const gatewayLabels = gatewayPod?.metadata?.labels;
const baseEnvironment = { ...imageEnvironment, ...readEnvFile(join(folder, "gateway.env")) };

const heardPauses = 'status_reason_gateway_shared_state_events_total{event="pause",direction="received"}';
const failed = 'status_reason_gateway_shared_state_dropped_total{reason="failed"}';

describe("with the component redis", () => {
  const deployment = read("redis/deployment.yaml") as IDeployment;
  const pod = deployment.spec?.template;
  const labels = pod?.metadata?.labels;
  const container = pod?.spec?.containers[0];
  const service = read("redis/service.yaml") as IService;
  const secret = read("redis/secret.example.yaml") as ISecret;
  const added = readEnvFile(join(folder, "redis/redis.env"));
  const passwordFile = added["REDIS_PASSWORD_FILE"] ?? "";
  const password = "pass \"'\\$word #1";
  let secrets: string;

  /** Debian's program as the manifest starts it, at a free port of the loopback address, with the secret of this test. */
  const startDeployed = () =>
    RedisServer.startBy((port) => {
      const script = (container?.args?.[0] ?? "")
        .replace("valkey-server", "redis-server")
        .replace("port 6379", `port ${port}\nbind 127.0.0.1`)
        .replace(passwordFile, join(secrets, "redis-password"));
      const [program = "", ...words] = container?.command ?? [];
      return [program, ...words, script];
    });

  beforeAll(() => {
    secrets = mkdtempSync(join(tmpdir(), "secrets-"));
    writeFileSync(join(secrets, "redis-password"), `${password}\n`);
  });
  afterAll(() => {
    killRedisServers();
    rmSync(secrets, { recursive: true });
  });

  it("the gateway is told the service, and the password of the secret that both mount", () => {
    expect(knownVariables).toEqual(expect.arrayContaining(Object.keys(added)));
    const mounted = { ...added, REDIS_PASSWORD_FILE: join(secrets, "redis-password") };
    const { redis } = readConfig({ ...baseEnvironment, ...mounted }).sharedState;
    expect(redis?.login.password?.reveal()).toBe(password);
    expect(redis?.addresses).toEqual([
      { host: service.metadata?.name, port: service.spec?.ports?.[0]?.port },
    ]);
    expect(Object.keys(secret.stringData ?? {})).toEqual(["redis-password"]);
    expect(Object.values(secret.stringData ?? {})).toEqual(["PLACEHOLDER"]);
    for (const { spec } of [gatewayPod, pod].map((template) => ({ spec: template?.spec }))) {
      const mountPath = spec?.containers[0]?.volumeMounts?.[0]?.mountPath ?? "";
      expect(spec?.volumes?.[0]?.secret?.secretName).toBe(secret.metadata?.name);
      expect(join(mountPath, "redis-password")).toBe(passwordFile);
    }
    // None of the gateway's other secrets.
    expect(pod?.spec?.volumes?.[0]?.secret?.items).toEqual([
      { key: "redis-password", path: "redis-password" },
    ]);
  });

  it("only the gateway reaches the Redis, which is no part of the gateway's service", () => {
    expect(labels).not.toEqual(gatewayLabels);
    expect(deployment.spec?.selector.matchLabels).toEqual(labels);
    expect(service.spec?.selector).toEqual(labels);
    expect(service.spec?.ports).toMatchObject([{ targetPort: "redis" }]);
    expect(container?.ports).toEqual([{ name: "redis", containerPort: 6379 }]);
    const ports = [{ protocol: "TCP", port: "redis" }];
    expect((read("redis/network-policy.yaml") as INetworkPolicy).spec).toEqual({
      podSelector: { matchLabels: labels },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ podSelector: { matchLabels: gatewayLabels } }], ports }],
    });
    expect((read("redis/gateway-network-policy.yaml") as INetworkPolicy).spec).toEqual({
      podSelector: { matchLabels: gatewayLabels },
      policyTypes: ["Egress"],
      egress: [{ to: [{ podSelector: { matchLabels: labels } }], ports }],
    });
  });

  it("the Redis starts as it is deployed, and the gateway may do there what it does", async () => {
    const redis = await startDeployed();
    const emulator = await startEmulator();
    const log = captureLog();
    const config = readConfig({
      ...{ PORT: "0", UPSTREAM: emulator.origin, REDIS_URL: redis.url },
      ...{ REDIS_PASSWORD_FILE: join(secrets, "redis-password") },
    });
    const copies = await Promise.all([1, 2].map(() => startGateway(config, log.logger)));
    const [url = ""] = copies.map((copy) => copy.url);
    const origins = copies.map((copy) => new URL(copy.url).origin);
    for (const origin of origins) await untilFigure(origin, "status_reason_gateway_shared_state_reached", 1);
    const query = "{ statusReasons(accountId: 12345678) { totalCount } }";
    await post(url, JSON.stringify({ query }));
    emulator.faults.add({ status: 429, times: 1, headers: { "retry-after": "60" } });
    await post(url, JSON.stringify({ query }));
    await untilFigure(origins[1] ?? "", heardPauses, 1);
    for (const origin of origins) expect(await figureOf(origin, failed)).toBe(0);
    const known = new Redis(redis.url, { password });
    await expect(known.flushall()).rejects.toThrow("NOPERM");
    known.disconnect();
    const stranger = new Redis(redis.url, { lazyConnect: true, retryStrategy: () => null });
    const refusal = once(stranger, "error");
    stranger.connect().catch(() => undefined);
    expect(String(await refusal)).toContain("NOAUTH");
    await Promise.all(copies.map((copy) => copy.stop()));
    await emulator.stop();
    await redis.stop();
  });
});

describe("with the component custom-metrics", () => {
  const base = read("horizontal-pod-autoscaler.yaml") as IHorizontalPodAutoscaler;
  const patch = read("custom-metrics/horizontal-pod-autoscaler.yaml") as IHorizontalPodAutoscaler;
  const metrics = patch.spec?.metrics ?? [];
  const names = metrics.flatMap(({ pods }) => pods?.metric.name ?? []);

  it("the autoscaler also follows the CPU, as without it", () => {
    expect(patch.metadata?.name).toBe(base.metadata?.name);
    expect(metrics.slice(0, 1)).toEqual(base.spec?.metrics);
  });

  it("it aims at half of what a copy takes", () => {
    const { httpLimits, live } = readConfig(baseEnvironment);
    const targets = metrics.flatMap(({ pods }) => Number(pods?.target.averageValue ?? []));
    expect(names).toEqual([
      "status_reason_gateway_requests_in_flight",
      "status_reason_gateway_live_subscriptions",
    ]);
    expect(targets.slice(1)).toEqual([httpLimits.maxInFlight / 2, live.maxSubscriptions / 2]);
  });

  it("the adapter's example serves these metrics", () => {
    const { rules } = read("custom-metrics/prometheus-adapter.example.yaml") as {
      readonly rules: { readonly custom: readonly { seriesQuery: string; metricsQuery: string }[] };
    };
    const [rule] = rules.custom;
    const pattern = /__name__=~"([^"]+)"/.exec(rule?.seriesQuery ?? "")?.[1] ?? "";
    expect(pattern.split("|")).toEqual(names);
    const expression = (rule?.metricsQuery ?? "")
      .replace("<<.GroupBy>>", "pod")
      .replace("<<.Series>>", names[0] ?? "")
      .replace("<<.LabelMatchers>>", 'namespace="default",pod=~"a|b"');
    expect(readExpression(expression)).toMatchObject({ isValid: true, metrics: [names[0]] });
  });
});
