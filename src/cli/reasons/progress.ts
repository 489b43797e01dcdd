import type { TerminalOutput } from "../terminal.js";

const width = 30;

/** Shows how far a run of writes is, if `output` is a terminal, in a line of its own that {@link ProgressBar.end} removes. */
export class ProgressBar {
  constructor(private readonly output: TerminalOutput) {}

  show(written: number, total: number): void {
    if (this.output.isTTY !== true || total === 0) return;
    const filled = Math.round((width * written) / total);
    this.output.write(`\r[${"#".repeat(filled)}${"-".repeat(width - filled)}] ${written}/${total}`);
  }

  end(): void {
    // To the line's start, and erase it.
    if (this.output.isTTY === true) this.output.write("\r\u001b[K");
  }
}
