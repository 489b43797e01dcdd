import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A gateway in a process whose heap is small. */
export interface SmallGateway {
  readonly origin: string;
  /** Bytes of heap and of buffers in use after a garbage collection. */
  used(): Promise<number>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** @param heapMiB the maximum size of its heap */
export async function startSmallGateway(
  heapMiB: number,
  env: Readonly<Record<string, string>>,
): Promise<SmallGateway> {
  const child = fork("src/main.ts", [], {
    execArgv: [
      `--max-old-space-size=${heapMiB}`,
      ...["--import", "@swc-node/register/esm-register"],
      // Reports the memory in use, on request.
      ...["--import", "./bench/process/probe.js"],
    ],
    env: { PATH: process.env["PATH"], PORT: "0", ...env },
    // Hides what V8 prints when the heap is full.
    stdio: ["ignore", "pipe", "ignore", "ipc"],
  });
  const ended = once(child, "exit").then(() => undefined);
  return {
    origin: await originOf(child),
    ended,
    used: () => usedBy(child),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Reads the log up to the line with the URL, and discards the rest. */
function originOf({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /"url":"([^"]+)"/.exec(output)?.[1];
      if (url === undefined) return;
      stdout?.off("data", read).resume();
      resolve(new URL(url).origin);
    };
    stdout?.on("data", read).once("close", () => {
      reject(new Error(`ended before it served: ${output}`));
    });
  });
}

/** Collects twice: a collection that is already running keeps objects that were created after it began. */
async function usedBy(child: ChildProcess): Promise<number> {
  await memoryOf(child);
  const { heapUsed, external } = await memoryOf(child);
  return heapUsed + external;
}

async function memoryOf(child: ChildProcess): Promise<NodeJS.MemoryUsage> {
  child.send({ id: 0, question: "collectedMemory" });
  const [message] = (await once(child, "message")) as [{ readonly answer: NodeJS.MemoryUsage }];
  return message.answer;
}
