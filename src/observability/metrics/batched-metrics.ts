import { Counter, Histogram } from "prom-client";
import type { CounterConfiguration, HistogramConfiguration } from "prom-client";

/*
 * Hot path: prom-client checks, sorts and joins the names and values of all labels with each value that it is given. So
 * values are collected here, and given to it when the metrics are read.
 */

/** Upper bounds of the latency histograms' buckets, in seconds. */
export const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type Config<Configuration> = Omit<Configuration, "collect">;

/** How many values of one series are collected at most. */
const maxCollected = 256;

/**
 * A counter whose series are updated when the metrics are read.
 *
 * @returns finds the function that increments a series, by the values of its labels in their order
 */
export function batchedCounter<Label extends string>(
  config: Config<CounterConfiguration<Label>>,
): (...labels: string[]) => () => void {
  const updates: (() => void)[] = [];
  const counter = new Counter({ ...config, collect: onCollect(updates) });
  return memoized((labels) => {
    let count = 0;
    updates.push(() => {
      if (count > 0) counter.labels(...labels).inc(count);
      count = 0;
    });
    return () => {
      count += 1;
    };
  });
}

/**
 * A histogram whose series are updated when the metrics are read, or many values were collected.
 *
 * @returns finds the function that observes a value of a series, by the values of its labels in their order
 */
export function batchedHistogram<Label extends string>(
  config: Config<HistogramConfiguration<Label>>,
): (...labels: string[]) => (value: number) => void {
  const updates: (() => void)[] = [];
  const histogram = new Histogram({ ...config, collect: onCollect(updates) });
  return memoized((labels) => {
    const collected: number[] = [];
    const update = (): void => {
      const series = histogram.labels(...labels);
      for (const value of collected) series.observe(value);
      collected.length = 0;
    };
    updates.push(update);
    return (value) => {
      if (collected.push(value) >= maxCollected) update();
    };
  });
}

/** Updates all series when the metrics are read. */
function onCollect(updates: readonly (() => void)[]): () => void {
  return () => {
    for (const update of updates) update();
  };
}

/** A node in the tree of label values. */
interface LabelNode<Value> {
  readonly next: Map<string, LabelNode<Value>>;
  value?: Value;
}

/** Calls `make` once for each combination of label values. */
function memoized<Value>(make: (labels: string[]) => Value): (...labels: string[]) => Value {
  const root: LabelNode<Value> = { next: new Map() };
  return (...labels) => {
    let found = root;
    for (const label of labels) {
      const next = found.next.get(label) ?? { next: new Map() };
      found.next.set(label, next);
      found = next;
    }
    return (found.value ??= make(labels));
  };
}
