import { formatDuration } from "../../examples/status-board/src/time/format-duration.js";

test.each([
  [-5, "0 s"],
  [0, "0 s"],
  [0.9, "0 s"],
  [42.7, "42 s"],
  [59.999, "59 s"],
  [60, "1 min"],
  [119, "1 min"],
  [3599, "59 min"],
  [3600, "1 h"],
  [3660, "1 h 1 min"],
  [86_399, "23 h 59 min"],
  [360_000, "100 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
