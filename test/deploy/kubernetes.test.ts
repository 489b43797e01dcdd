import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import type { IPodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import type { ISecret } from "kubernetes-models/v1/Secret";
import type { IService } from "kubernetes-models/v1/Service";
import { parse } from "yaml";

import { readConfig } from "../../src/config/config.js";
import { problemsOf } from "../support/config-problems.js";
import { startTestGateway } from "../support/gateway.js";
import { imageEnvironment, knownVariables, readEnvFile } from "./deployed-config.js";
import { schemaProblems, typeProblems } from "./kubernetes-schema.js";
import type { Manifest } from "./kubernetes-schema.js";

interface Kustomization {
  readonly resources: readonly string[];
  readonly configMapGenerator: readonly { readonly name: string; readonly envs: readonly string[] }[];
  readonly images: readonly { readonly name: string }[];
}

const folder = "deploy/kubernetes";
const components = ["oauth1", "oauth2"] as const;
/** What stopping takes beyond the two configured times: the last answers, and the process's own end. */
const lastWordsMs = 1_000;
/** What the heap needs, as measured in docs/operating.md: without requests, and for each that asks for 500 agents. */
const emptyMiB = 100;
const requestMiB = 2.5;

const read = (file: string): unknown => parse(readFileSync(join(folder, file), "utf8"));
const kustomization = read("kustomization.yaml") as Kustomization;
const deployment = read("deployment.yaml") as IDeployment;
const pod = deployment.spec?.template.spec;
const container = pod?.containers[0];
const name = deployment.metadata?.name;
const labels = deployment.spec?.template.metadata?.labels;
const baseEnvironment = readEnvFile(join(folder, "gateway.env"));
const config = readConfig({ ...imageEnvironment, ...baseEnvironment });
const [autoscaler, patch] = ["", "custom-metrics/"].map(
  (part) => read(`${part}horizontal-pod-autoscaler.yaml`) as IHorizontalPodAutoscaler,
);
const patchedAutoscaler = { ...autoscaler, spec: { ...autoscaler?.spec, ...patch?.spec } };
const redis = read("redis/kustomization.yaml") as Pick<Kustomization, "resources">;

const manifests: readonly Manifest[] = [
  ...kustomization.resources.map((file) => read(file) as Manifest),
  ...components.map((component) => read(`${component}/secret.example.yaml`) as Manifest),
  ...["secret.example.yaml", ...redis.resources].map((file) => read(`redis/${file}`) as Manifest),
  patchedAutoscaler as Manifest,
];

describe("the Kubernetes manifests", () => {
  it("are all that is in the folder", () => {
    const files = readdirSync(folder).filter(
      (file) => file.endsWith(".yaml") && file !== "kustomization.yaml",
    );
    expect([...kustomization.resources].sort()).toEqual(files.sort());
  });

  it("are what Kubernetes' schemas allow", () => {
    expect(manifests.flatMap(schemaProblems)).toEqual([]);
  });

  it("would not pass with a wrong value, without a field, or as a kind that has no schema", () => {
    const { template } = deployment.spec ?? {};
    const wrongValue = {
      ...deployment,
      spec: { ...deployment.spec, minReadySeconds: "5" },
    } as unknown as Manifest;
    const missing = { ...deployment, spec: { template } } as Manifest;
    expect(schemaProblems(wrongValue)).toEqual([expect.stringContaining("minReadySeconds must be integer")]);
    expect(schemaProblems(missing)).toEqual([expect.stringContaining("selector")]);
    expect(schemaProblems({ ...missing, kind: "Gadget" })).toEqual(["no schema for apps/v1/Gadget"]);
  });

  it("have no field that Kubernetes does not know, and would not pass with one", () => {
    const misspelt = structuredClone(deployment) as unknown as Manifest;
    Object.assign((misspelt as IDeployment).spec?.template.spec ?? {}, { restartPolice: "Always" });
    expect(typeProblems([...manifests, misspelt])).toEqual([expect.stringContaining("restartPolice")]);
  });

  it("mean the same pods", () => {
    const service = read("service.yaml") as IService;
    expect(deployment.spec?.selector.matchLabels).toEqual(labels);
    expect(service.spec?.selector).toEqual(labels);
    expect((read("pod-disruption-budget.yaml") as IPodDisruptionBudget).spec?.selector?.matchLabels).toEqual(
      labels,
    );
    expect((read("network-policy.yaml") as INetworkPolicy).spec?.podSelector.matchLabels).toEqual(labels);
    expect(autoscaler?.spec?.scaleTargetRef).toEqual({
      apiVersion: deployment.apiVersion,
      kind: "Deployment",
      name,
    });
    expect((read("service-account.yaml") as Manifest).metadata.name).toBe(pod?.serviceAccountName);
    expect(new Set(kustomization.images.map((image) => image.name))).toEqual(new Set([container?.image]));
    expect(container?.envFrom).toEqual([
      { configMapRef: { name: kustomization.configMapGenerator[0]?.name } },
    ]);
  });

  it("name the port the gateway listens on", () => {
    expect(container?.ports).toEqual([{ name: "http", containerPort: config.port }]);
    expect((read("service.yaml") as IService).spec?.ports).toMatchObject([{ targetPort: "http" }]);
    const probes = [container?.startupProbe, container?.livenessProbe, container?.readinessProbe];
    expect(probes.map((probe) => probe?.httpGet?.port)).toEqual(["http", "http", "http"]);
    const [ingress] = (read("network-policy.yaml") as INetworkPolicy).spec?.ingress ?? [];
    expect(ingress?.ports).toEqual([{ protocol: "TCP", port: "http" }]);
  });

  it("probe and scrape what the gateway serves", async () => {
    const gateway = await startTestGateway({ NODE_ENV: "production" });
    const annotations = deployment.spec?.template.metadata?.annotations;
    const paths = [container?.startupProbe, container?.livenessProbe, container?.readinessProbe]
      .map((probe) => probe?.httpGet?.path)
      .concat(annotations?.["prometheus.io/path"]);
    const statuses = await Promise.all(
      paths.map(async (path) => (await fetch(`${gateway.origin}${path ?? ""}`)).status),
    );
    await gateway.stop();
    expect(paths).toEqual(["/livez", "/livez", "/readyz", "/metrics"]);
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(annotations?.["prometheus.io/port"]).toBe(String(config.port));
  });

  it("give the gateway the time it takes to stop", () => {
    const { delayMs, timeoutMs } = config.shutdown;
    const graceMs = (pod?.terminationGracePeriodSeconds ?? 0) * 1000;
    expect(delayMs).toBeGreaterThan(0);
    expect(graceMs).toBeGreaterThan(delayMs + timeoutMs + lastWordsMs);
  });

  it("give the heap what the requests in flight may take, within the memory limit", () => {
    const [, heap] = /--max-old-space-size=(\d+)/.exec(baseEnvironment["NODE_OPTIONS"] ?? "") ?? [];
    const [, limit] = /^(\d+)Gi$/.exec(String(container?.resources?.limits?.["memory"])) ?? [];
    expect(Number(heap)).toBeGreaterThanOrEqual(emptyMiB + requestMiB * config.httpLimits.maxInFlight);
    expect(Number(heap)).toBeLessThanOrEqual(Number(limit) * 1024 * 0.75);
  });

  it("set what the gateway reads, and it takes it", () => {
    expect(knownVariables).toEqual(expect.arrayContaining(Object.keys(baseEnvironment)));
    expect(config).toMatchObject({ production: true, host: "0.0.0.0", upstream: { kind: "liveperson" } });
  });
});

describe.each(components)("with the component %s", (component) => {
  const added = readEnvFile(join(folder, component, `${component}.env`));
  const secret = read(`${component}/secret.example.yaml`) as ISecret;

  it("the gateway takes the configuration, with the secrets where they are mounted", () => {
    const mountPath = container?.volumeMounts?.[0]?.mountPath ?? "";
    const files = Object.entries(added).filter(([variable]) => variable.endsWith("_FILE"));
    expect(new Set(files.map(([, file]) => dirname(file)))).toEqual(new Set([mountPath]));
    expect(files.map(([, file]) => basename(file)).sort()).toEqual(
      Object.keys(secret.stringData ?? {}).sort(),
    );
    const root = mkdtempSync(join(tmpdir(), "secrets-"));
    mkdirSync(join(root, mountPath), { recursive: true });
    for (const [, file] of files) writeFileSync(join(root, file), secret.stringData?.[basename(file)] ?? "");
    const mounted = Object.fromEntries(files.map(([variable, file]) => [variable, join(root, file)]));
    const environment = { ...imageEnvironment, ...baseEnvironment, ...added, ...mounted };
    const withPlaceholders = problemsOf(environment);
    writeFileSync(mounted["GATEWAY_API_KEYS_FILE"] ?? "", "a-key-of-16-characters-at-least");
    const read = readConfig(environment);
    rmSync(root, { recursive: true });
    expect(read.credentials.kind).toBe(component);
    // Whoever forgets to replace the keys that let callers in is told so at the start.
    expect(withPlaceholders).toEqual([expect.stringMatching(/^GATEWAY_API_KEYS: .* 16 at least/)]);
  });

  it("the secret is the one that the pods mount, and holds no real value", () => {
    expect(knownVariables).toEqual(expect.arrayContaining(Object.keys(added)));
    expect(pod?.volumes?.[0]?.secret?.secretName).toBe(secret.metadata?.name);
    expect(new Set(Object.values(secret.stringData ?? {}))).toEqual(new Set(["PLACEHOLDER"]));
  });
});
