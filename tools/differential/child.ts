/** One of the processes of the differential test, which sends its report to its parent. */
import { buildSchema } from "../../src/graphql/schema.js";
import { caseOf } from "./generator/request.js";
import { runDifferential } from "./run-differential.js";

const [seed, count] = process.argv.slice(2).map(Number);
if (seed === undefined || count === undefined) throw new Error("a seed and a count are needed");
process.send?.(await runDifferential({ seed, count, cases: caseOf(buildSchema()) }));
process.disconnect();
