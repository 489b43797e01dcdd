import { parser } from "@prometheus-io/lezer-promql";

/** What a PromQL expression refers to. */
export interface Expression {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
  /** Whether it can be parsed at all. */
  readonly isValid: boolean;
}

/** Reads an expression by Prometheus's own grammar. Grafana's variables are to be replaced before. */
export function readExpression(text: string): Expression {
  const metrics = new Set<string>();
  const labels = new Set<string>();
  let isValid = true;
  parser.parse(text).iterate({
    enter: ({ name, type, from, to }) => {
      if (type.isError) isValid = false;
      if (name === "Identifier") metrics.add(text.slice(from, to));
      if (name === "LabelName") labels.add(text.slice(from, to));
    },
  });
  return { metrics: [...metrics], labels: [...labels], isValid };
}
