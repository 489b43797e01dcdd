import { readFileSync } from "node:fs";

import { parse } from "yaml";

import { emulatorAccountId } from "../../src/emulator/seed/seed.js";
import { errorCodes } from "../../src/graphql/errors/error-codes.js";
import { startTestGateway } from "../support/gateway.js";
import { promtool } from "../support/promtool.js";
import { readExpression } from "./promql.js";

interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly labels: { readonly severity: string };
      readonly annotations: { readonly summary: string; readonly runbook_url: string };
    }[];
  }[];
}

interface Panel {
  readonly type: "row" | "timeseries";
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
}

const rules = (parse(readFileSync("docs/monitoring/alerts.yml", "utf8")) as Alerts).groups.flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(readFileSync("docs/monitoring/dashboard.json", "utf8")) as Dashboard;
const panels = dashboard.panels.filter(({ type }) => type !== "row");
const queries = panels.flatMap(({ targets = [] }) => targets);
const operating = readFileSync("docs/operating.md", "utf8");

const expressions = [...rules, ...queries].map(({ expr }) =>
  readExpression(expr.replaceAll("$__rate_interval", "5m")),
);

/** What Prometheus itself adds to every series. */
const scrapeLabels = ["instance", "job", "namespace"];

describe("alerts and dashboard", () => {
  it("are PromQL", () => {
    expect(expressions.filter(({ isValid }) => !isValid)).toEqual([]);
    expect(readExpression("sum(rate(status_reason_gateway_operations_total[5m])) by").isValid).toBe(false);
  });

  it("ask for metrics and labels that the gateway has", async () => {
    const { metrics, labels } = await whatTheGatewayTells();
    expect(metrics).toEqual(expect.arrayContaining(expressions.flatMap((expression) => expression.metrics)));
    expect([...labels, ...scrapeLabels]).toEqual(
      expect.arrayContaining(expressions.flatMap((expression) => expression.labels)),
    );
  });

  it("have a severity, a summary and a place in the docs each", () => {
    for (const { alert, labels, annotations } of rules) {
      expect(["page", "ticket"]).toContain(labels.severity);
      expect(annotations.summary).not.toBe("");
      expect(annotations.runbook_url).toMatch(new RegExp(`/docs/operating\\.md#${alert.toLowerCase()}$`));
    }
  });

  it("show of every metric only what the dashboard's variables select", () => {
    const selected = '{namespace=~"$namespace",instance=~"$instance"';
    for (const { expr } of queries) {
      const metrics = expr.split(/status_reason_gateway_\w+/).slice(1);
      expect([expr, metrics.filter((after) => !after.startsWith(selected))]).toEqual([expr, []]);
      expect(metrics).not.toEqual([]);
    }
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual([
      "datasource",
      "namespace",
      "instance",
    ]);
  });
});

describe("by Prometheus's own tool", () => {
  it("the metrics keep its conventions", async () => {
    const { exitCode, text } = promtool(["check", "metrics"], await busyMetrics());
    expect([exitCode, text]).toEqual([0, ""]);
    expect(promtool(["check", "metrics"], "# TYPE jobs_total gauge\njobs_total 1\n").exitCode).not.toBe(0);
  });

  it("the alerts are rules, and are raised by what they are for and nothing less", () => {
    const { exitCode, text } = promtool(["test", "rules", "test/deploy/alerts.test.yml"]);
    expect([exitCode, text]).toEqual([0, expect.stringContaining("SUCCESS")]);
  });

  it("every alert is raised in a test", () => {
    const tests = readFileSync("test/deploy/alerts.test.yml", "utf8");
    expect(
      rules.map(({ alert }) => alert).filter((alert) => !tests.includes(`#${alert.toLowerCase()}\n`)),
    ).toEqual([]);
  });
});

/** The codes of what callers got wrong, and of refusals that have an alert of their own. */
const codesOfCallers = [
  "RATE_LIMITED",
  "BAD_USER_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "OVERLOADED",
  "DOCUMENT_NOT_TRUSTED",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "BAD_REQUEST",
  "METHOD_NOT_ALLOWED",
  "REQUEST_TIMEOUT",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "HEADERS_TOO_LARGE",
  "RESPONSE_TOO_LARGE",
  "TOO_MANY_ERRORS",
];

it("GatewayOperationsFail counts every code but those of what callers got wrong", () => {
  const { expr = "" } = rules.find(({ alert }) => alert === "GatewayOperationsFail") ?? {};
  const counted = new RegExp(`^(?:${/code=~"([^"]+)"/.exec(expr)?.[1] ?? ""})$`);
  const uncounted = Object.keys(errorCodes).filter((code) => !counted.test(code));
  expect(uncounted.filter((code) => !codesOfCallers.includes(code))).toEqual([]);
  expect(codesOfCallers.filter((code) => counted.test(code))).toEqual([]);
});

describe("docs/operating.md", () => {
  it("says what to do for every alert, and for none that is not there", () => {
    const headings = [...sectionOf("Alerts").matchAll(/^### (\w+)$/gm)].map(([, heading]) => heading);
    expect(headings.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  it("says what every panel of the dashboard tells", () => {
    const rows = [...sectionOf("Dashboard").matchAll(/^\| ([^|]+?) +\|/gm)]
      .map(([, title]) => title)
      .slice(1);
    expect(rows.filter((title) => !/^-+$/.test(title ?? ""))).toEqual(panels.map(({ title }) => title));
  });
});

/** The names of the metrics that a gateway shows, and of their labels, once something has happened. */
async function whatTheGatewayTells(): Promise<{ metrics: string[]; labels: string[] }> {
  const text = await busyMetrics();
  const declared = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return {
    metrics: declared.flatMap(([, name = "", type]) =>
      type === "histogram" ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
    labels: [...new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label = ""]) => label))],
  };
}

async function busyMetrics(): Promise<string> {
  const gateway = await startTestGateway({ UPSTREAM_CIRCUIT_FAILURES: "1", UPSTREAM_ATTEMPTS: "1" });
  gateway.emulator.faults.add({ status: 503 });
  await gateway.query(`{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`);
  const text = await (await fetch(`${gateway.origin}/metrics`)).text();
  await gateway.stop();
  return text;
}

function sectionOf(heading: string): string {
  return operating.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? "";
}
