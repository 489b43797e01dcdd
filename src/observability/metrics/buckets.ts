/** Upper bounds of the latency histograms' buckets, in seconds, as Prometheus wants them. */
export const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
