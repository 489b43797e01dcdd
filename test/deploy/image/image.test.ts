import { readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { emulatorAccountId } from "../../../src/emulator/seed/seed.js";
import { post } from "../../support/gateway.js";
import { killProcesses } from "../../support/process.js";
import { buildImage, cleanFolder } from "./build-image.js";
import type { BuiltImage } from "./build-image.js";
import { baseNodeVersion } from "./dockerfile-steps.js";
import { checkHealth, freePort, runImage } from "./run-image.js";

interface Compose {
  readonly services: {
    readonly emulator: {
      readonly environment: Readonly<Record<string, string>>;
      readonly command: readonly string[];
      readonly healthcheck: { readonly test: readonly string[] };
    };
  };
}

const query = `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;

describe("the image, its Dockerfile's steps run in clean folders", () => {
  const folder = cleanFolder();
  let image: BuiltImage;
  let app: string;

  beforeAll(() => {
    image = buildImage(process.cwd(), folder);
    app = join(image.root, image.workdir);
  });
  afterEach(killProcesses);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("holds the bundled program, and no packages", () => {
    expect(readdirSync(app).sort()).toEqual(["LICENSE", "bundle", "package.json"]);
  });

  it("does not start as root, nor without an upstream", async () => {
    expect(image.user).toBe("node");
    const gateway = runImage(image, { PORT: "0" });
    expect(await gateway.exited).toBe(1);
    expect(gateway.output.stderr).toMatch(/"setting":"UPSTREAM","msg":"UPSTREAM: must be set/);
  });

  it("serves on the emulator it holds as well, is healthy when it does, writes nothing, and stops", async () => {
    const before = filesOf(app);
    const emulator = await startEmulatorOfCompose(image);
    const env = {
      PORT: await freePort(),
      UPSTREAM: emulator.origin,
      NODE_OPTIONS: "--max-old-space-size=320",
    };
    expect(checkHealth(image, env)).toBe(1);
    const gateway = runImage(image, env);
    await gateway.printed(/"url":"http:\/\/0\.0\.0\.0:/);
    expect(gateway.output.stdout).toContain(
      `"node":"v${baseNodeVersion(readFileSync("Dockerfile", "utf8"))}"`,
    );
    expect(checkHealth(image, env)).toBe(0);
    const answer = await post<{ statusReasons: { totalCount: number } }>(
      `http://127.0.0.1:${env.PORT}/graphql`,
      JSON.stringify({ query }),
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data?.statusReasons.totalCount).toBeGreaterThan(0);
    gateway.signal(image.stopSignal);
    expect(await gateway.exited).toBe(0);
    expect(gateway.output.stderr).toBe("");
    expect(checkHealth(image, env)).toBe(1);
    emulator.process.signal(image.stopSignal);
    expect(await emulator.process.exited).toBe(0);
    expect(filesOf(app)).toEqual(before);
  });
});

/** The emulator as deploy/compose.yaml runs it, but for its port, and found healthy by the check that is there. */
async function startEmulatorOfCompose(image: BuiltImage) {
  const text = readFileSync("deploy/compose.yaml", "utf8").replaceAll("4100", await freePort());
  const { environment, command, healthcheck } = (parse(text, { merge: true }) as Compose).services.emulator;
  const check = () => checkHealth(image, environment, healthcheck.test.slice(1));
  expect(check()).toBe(1);
  const process = runImage(image, environment, command);
  await process.printed(/serves at/);
  expect(check()).toBe(0);
  return { process, origin: `http://127.0.0.1:${environment["EMULATOR_PORT"] ?? ""}` };
}

/** Every file with the time it was last written. */
function filesOf(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" }).map(
    (file) => `${file} ${statSync(join(root, file)).mtimeMs}`,
  );
}
