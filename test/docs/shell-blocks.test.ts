import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";
import { codeBlocksOf, codeSpansOf, markdownFiles } from "./markdown.js";

const blocks = markdownFiles.flatMap(codeBlocksOf).filter(({ language }) => language === "sh");
const runnable = blocks.filter(({ marks }) => marks.includes("run"));

describe("a shell block that is marked with run", () => {
  let gateway: TestGateway;
  let folder: string;
  beforeAll(async () => {
    gateway = await startTestGateway();
    folder = mkdtempSync(join(tmpdir(), "shell-blocks-"));
    // Without it curl takes an HTTP error for a success.
    writeFileSync(join(folder, ".curlrc"), "fail\nsilent\nshow-error\n");
  });
  afterEach(() => {
    gateway.emulator.reset();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await gateway.stop();
  });

  it.each(runnable.map((block) => [`${block.file}:${block.line}`, block]))(
    "does what it says: %s",
    async (_place, { text }) => {
      const { stdout, stderr } = await run("sh", ["-euc", filledIn(text)], {
        cwd: folder,
        env: { PATH: process.env["PATH"], HOME: folder },
      });
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).not.toHaveProperty("errors");
    },
  );

  /** With what a reader fills in, and with the ports that the gateway and the emulator have here. */
  function filledIn(text: string): string {
    return text
      .replaceAll("http://127.0.0.1:4000", gateway.origin)
      .replaceAll("http://127.0.0.1:4001", gateway.emulator.origin)
      .replaceAll("https://api.liveperson.net", gateway.emulator.origin)
      .replaceAll("YOUR_ACCOUNT", emulatorAccountId)
      .replaceAll("Bearer TOKEN", `Bearer ${emulatorTokens.admin}`);
  }
});

it("names no npm script that is not there", () => {
  const scripts = ["package.json", "examples/status-board/package.json"].flatMap((file) => {
    const { scripts: named } = JSON.parse(readFileSync(file, "utf8")) as { scripts: object };
    return Object.keys(named);
  });
  const texts = [...blocks, ...markdownFiles.flatMap(codeSpansOf)].map(({ text }) => text);
  const named = texts.flatMap((text) =>
    [...text.matchAll(/\bnpm run (?:--\S+ )*([\w:]+)/g)].map(([, name = ""]) => name),
  );
  expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
});

const run = promisify(execFile);
