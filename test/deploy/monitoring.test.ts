import { readFileSync } from "node:fs";

import { parse } from "yaml";

import { emulatorAccountId } from "../../src/emulator/seed/seed.js";
import { errorCodes } from "../../src/graphql/errors/error-codes.js";
import { startTestGateway } from "../support/gateway.js";
import { readExpression } from "./promql.js";

interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly labels: { readonly severity: string };
      readonly annotations: { readonly summary: string };
    }[];
  }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

const rules = (parse(readFileSync("docs/monitoring/alerts.yml", "utf8")) as Alerts).groups.flatMap(
  (group) => group.rules,
);
const { panels } = JSON.parse(readFileSync("docs/monitoring/dashboard.json", "utf8")) as Dashboard;
const operating = readFileSync("docs/operating.md", "utf8");

const expressions = [...rules, ...panels.flatMap(({ targets }) => targets)].map(({ expr }) =>
  readExpression(expr.replaceAll("$__rate_interval", "5m")),
);

/** What Prometheus itself adds to every series. */
const scrapeLabels = ["instance", "job"];

describe("alerts and dashboard", () => {
  it("are PromQL", () => {
    expect(expressions.filter(({ isValid }) => !isValid)).toEqual([]);
    expect(readExpression("sum(rate(gateway_operations_total[5m])) by").isValid).toBe(false);
  });

  it("ask for metrics and labels that the gateway has", async () => {
    const { metrics, labels } = await whatTheGatewayTells();
    expect(metrics).toEqual(expect.arrayContaining(expressions.flatMap((expression) => expression.metrics)));
    expect([...labels, ...scrapeLabels]).toEqual(
      expect.arrayContaining(expressions.flatMap((expression) => expression.labels)),
    );
  });

  it("have a severity and a summary each", () => {
    for (const { labels, annotations } of rules) {
      expect(["page", "ticket"]).toContain(labels.severity);
      expect(annotations.summary).not.toBe("");
    }
  });
});

/** The codes of what callers got wrong, and of the gateway's own refusal, which has an alert of its own. */
const codesOfCallers = [
  "BAD_USER_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "OVERLOADED",
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
  const gateway = await startTestGateway({ UPSTREAM_CIRCUIT_FAILURES: "1", UPSTREAM_ATTEMPTS: "1" });
  gateway.emulator.faults.add({ status: 503 });
  await gateway.query(`{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`);
  const text = await (await fetch(`${gateway.origin}/metrics`)).text();
  await gateway.stop();
  const declared = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return {
    metrics: declared.flatMap(([, name = "", type]) =>
      type === "histogram" ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
    labels: [...new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label = ""]) => label))],
  };
}

function sectionOf(heading: string): string {
  return operating.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? "";
}
