import { Counter, Gauge, Histogram } from "prom-client";
import type { CounterConfiguration, GaugeConfiguration, HistogramConfiguration } from "prom-client";

import { meter } from "./exported-metrics.js";

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
 * A counter whose series are updated when the metrics are read. A series is shown from when it is first found, with 0.
 *
 * @returns finds the function that increments a series, by the values of its labels in their order
 */
export function batchedCounter<Label extends string>(
  config: Config<CounterConfiguration<Label>>,
): (...labels: string[]) => () => void {
  const series = new SeriesTree((labels) => {
    let count = 0;
    return {
      add: () => {
        count += 1;
      },
      update: () => {
        counter.labels(...labels).inc(count);
        count = 0;
      },
    };
  });
  const counter = new Counter({
    ...config,
    collect: () => {
      series.update();
    },
  });
  return (...labels) => series.find(labels).add;
}

/**
 * A gauge whose series are set when the metrics are read.
 *
 * @returns finds the function that changes a series by some amount, by the values of its labels in their order
 */
export function batchedGauge<Label extends string>(
  config: Config<GaugeConfiguration<Label>>,
): (...labels: string[]) => (by: number) => void {
  const series = new SeriesTree((labels) => {
    let value = 0;
    return {
      add: (by: number) => {
        value += by;
      },
      update: () => {
        gauge.labels(...labels).set(value);
      },
    };
  });
  const gauge = new Gauge({
    ...config,
    collect: () => {
      series.update();
    },
  });
  return (...labels) => series.find(labels).add;
}

/**
 * A histogram whose series are updated when the metrics are read, or many values were collected. OpenTelemetry, which has
 * none that could be read, gets each value then.
 */
export interface BatchedHistogram {
  /** Finds the function that observes a value of a series, by the values of its labels in their order. */
  observerOf(...labels: string[]): (value: number) => void;
  /** Removes a series. Its function has no effect from then on. */
  remove(...labels: string[]): void;
}

export function batchedHistogram<Label extends string>(
  config: Config<HistogramConfiguration<Label>>,
): BatchedHistogram {
  const { name, help: description, buckets, labelNames = [] } = config;
  const exported = meter().createHistogram(name, {
    description,
    ...(buckets !== undefined && { advice: { explicitBucketBoundaries: buckets } }),
  });
  const series = new SeriesTree((labels) => {
    const collected: number[] = [];
    const attributes = Object.fromEntries(labelNames.map((label, index) => [label, labels[index]]));
    const update = (): void => {
      const observed = histogram.labels(...labels);
      for (const value of collected) {
        observed.observe(value);
        exported.record(value, attributes);
      }
      collected.length = 0;
    };
    const add = (value: number): void => {
      if (collected.push(value) >= maxCollected) update();
    };
    return { add, update };
  });
  const histogram = new Histogram({
    ...config,
    collect: () => {
      series.update();
    },
  });
  return {
    observerOf: (...labels) => series.find(labels).add,
    remove: (...labels) => {
      series.remove(labels);
      histogram.remove(...labels);
    },
  };
}

/** What is collected of one series. */
interface CollectedSeries<Add> {
  readonly add: Add;
  /** Hands over to prom-client what was collected. */
  update(): void;
}

/** A node in the tree of label values. */
interface LabelNode<Value> {
  readonly next: Map<string, LabelNode<Value>>;
  value?: Value;
}

/** Series by the values of their labels. Hot path: no key is joined to find one. */
class SeriesTree<Add> {
  readonly #root: LabelNode<CollectedSeries<Add>> = { next: new Map() };
  readonly #all = new Set<CollectedSeries<Add>>();

  /** @param create called once for each combination of label values */
  constructor(private readonly create: (labels: string[]) => CollectedSeries<Add>) {}

  find(labels: string[]): CollectedSeries<Add> {
    let found = this.#root;
    for (const label of labels) {
      let next = found.next.get(label);
      if (next === undefined) found.next.set(label, (next = { next: new Map() }));
      found = next;
    }
    if (found.value === undefined) this.#all.add((found.value = this.create(labels)));
    return found.value;
  }

  remove(labels: readonly string[]): void {
    const path = [this.#root];
    for (const label of labels) {
      const next = path.at(-1)?.next.get(label);
      if (next === undefined) return;
      path.push(next);
    }
    const { value } = path.at(-1) ?? {};
    if (value !== undefined) this.#all.delete(value);
    // From the leaf up, as far as nothing else is below.
    for (let depth = labels.length; depth > 0 && path[depth]?.next.size === 0; depth -= 1) {
      path[depth - 1]?.next.delete(labels[depth - 1] ?? "");
    }
  }

  update(): void {
    for (const series of this.#all) series.update();
  }
}
