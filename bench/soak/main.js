/**
 * `npm run bench -- soak`: the gateway on its emulator, under mixed reads and writes for ten minutes. Fails where an
 * answer is wrong or the heap keeps growing.
 */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { Connections } from "../load/connections.js";
import { whenListening } from "../load/when-listening.js";
import { MeasuredProcess } from "../process/measured-process.js";
import { mebibytes } from "../report/figures.js";
import { Client } from "./client.js";
import { makeTraffic } from "./traffic.js";
import { trendOf } from "./trend.js";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" } } });
const runMs = Number(values.minutes) * 60_000;
if (!(runMs > 0)) throw new Error("--minutes must be a positive number");
const samples = 60;
/** A shorter run only shows that all of this works. */
const isTelling = runMs >= 60_000;
const connections = 8;

const script = join(import.meta.dirname, "../../bundle/main.js");
const seed = await import(join(import.meta.dirname, "../../dist/emulator/seed/seed.js"));

const emulator = await MeasuredProcess.start({
  name: "emulator",
  script,
  args: ["emulator"],
  env: { NODE_ENV: "", EMULATOR_LIVELY: "false" },
  portVariable: "EMULATOR_PORT",
});
const emulatorConnection = new Connections(emulator.origin, 1);
await whenListening(emulatorConnection, { method: "DELETE", path: "/emulator/journal" });
await emulatorConnection.close();
const gateway = await MeasuredProcess.start({ name: "gateway", script, env: { UPSTREAM: emulator.origin } });
const client = new Client(gateway.origin, connections, seed.emulatorTokens.admin);
await whenListening(client.connections, { method: "GET", path: "/readyz" });

/**
 * In use after a garbage collection, at equal distances.
 *
 * @type {number[]}
 */
const heapBytes = [];
const isOver = () => heapBytes.length === samples;
await Promise.all([sampleHeap(), makeTraffic(client, seed.emulatorAccountId, isOver)]);
const { before, after, slope, isFlat } = trendOf(heapBytes);
const perMinute = mebibytes((slope * samples) / Number(values.minutes));
process.stdout.write(
  `${client.answers} right answers in ${values.minutes} min; heap ${mebibytes(before)} -> ${mebibytes(after)} MiB, ${perMinute} MiB a minute: ${isFlat ? "flat" : "it grows"}\n`,
);
process.exitCode = isFlat ? 0 : 1;

await client.close();
await gateway.stop();
await emulator.stop();

async function sampleHeap() {
  while (!isOver()) {
    await pause(runMs / samples);
    const { heapUsed, rss } = await gateway.memory();
    heapBytes.push(heapUsed);
    if (!isTelling) continue;
    const minutes = ((heapBytes.length / samples) * Number(values.minutes)).toFixed(1);
    process.stdout.write(
      `${minutes} min: heap ${mebibytes(heapUsed)} MiB, resident ${mebibytes(rss)} MiB, ${client.answers} answers\n`,
    );
  }
}
