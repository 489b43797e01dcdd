/** A tenth of the inputs finds what most changes break; `npm run test:long` sends them all. */
const share = process.env["TEST_LONG"] === "1" ? 1 : 0.1;

/** How many of `count` generated inputs this run sends. */
export function inputsOf(count: number): number {
  return Math.ceil(count * share);
}
