import { killProcesses, startCommand } from "../support/process.js";

/** A program that logs some lines and then does as it is told. */
function program(end: string): readonly string[] {
  const script = `
    import { createLogger } from "./src/logger.ts";
    const logger = createLogger({ logLevel: "info" });
    for (let line = 1; line <= 1000; line += 1) logger.info({ line }, "a line");
    ${end}
  `;
  return ["--import", "@swc-node/register/esm-register", "--input-type", "module", "--eval", script];
}

describe("the log on standard output", () => {
  afterAll(killProcesses);

  it.each([
    ["ends by itself", "", 0],
    ["exits at once", "process.exit(3);", 3],
  ])("is whole and in order where the process %s", async (_name, end, code) => {
    const started = startCommand(process.execPath, program(end), process.cwd());
    expect(await started.exited).toBe(code);
    const lines = started.output.stdout.trim().split("\n");
    const numbers = lines.map((text) => (JSON.parse(text) as { line: number }).line);
    expect(numbers).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  });
});
