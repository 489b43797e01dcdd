import { killProcesses, startCommand } from "../support/process.js";

/** A program that logs some lines, most of them later, and then does as it is told. */
function program(end: string): readonly string[] {
  const script = `
    import { createLogger, writingLater } from "./dist-test/observability/logger/logger.js";
    const logger = createLogger({ logLevel: "info" });
    const later = writingLater(logger);
    for (let line = 1; line <= 1000; line += 1) {
      const atMs = Date.now();
      let untilMs;
      const write = () => logger.info({ line, atMs, untilMs }, "a line");
      if (line % 100 === 50) write();
      else later(write);
      untilMs = Date.now();
      while (Date.now() === atMs && line % 10 === 0);
    }
    ${end}
  `;
  return ["--input-type", "module", "--eval", script];
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

  it("tells of each line when it was logged, not when it was written", async () => {
    const started = startCommand(process.execPath, program(""), process.cwd());
    await started.exited;
    const lines = started.output.stdout
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as { atMs: number; untilMs?: number; time: string });
    for (const { atMs, untilMs = Infinity, time } of lines) {
      expect(Date.parse(time)).toBeGreaterThanOrEqual(atMs);
      expect(Date.parse(time)).toBeLessThanOrEqual(untilMs);
    }
    expect(lines.filter(({ untilMs }) => untilMs !== undefined).length).toBeGreaterThan(900);
    expect(new Set(lines.map(({ time }) => time)).size).toBeGreaterThan(50);
  });
});
