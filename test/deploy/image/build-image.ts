import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join, posix, relative } from "node:path";

import dockerIgnore from "@balena/dockerignore";

import { baseNodeVersion, readStages } from "./dockerfile-steps.js";
import type { Stage, Step } from "./dockerfile-steps.js";

type Environment = Readonly<Record<string, string>>;

/** What a Dockerfile comes to, without an engine: folders instead of layers. */
export interface BuiltImage {
  /** Stands for `/`. */
  readonly root: string;
  readonly workdir: string;
  readonly environment: Environment;
  readonly user: string;
  readonly stopSignal: NodeJS.Signals;
  readonly entryPoint: readonly string[];
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
}

/** What a stage comes to as its steps are done. */
type Mutable = { -readonly [Key in keyof BuiltImage]: BuiltImage[Key] };

/**
 * Does what the Dockerfile of `context` says, each stage in a folder of its own below `into`, and nowhere near a
 * `node_modules` that would hide that something is missing. The base image is this machine, with the Node that the
 * Dockerfile names, from npm.
 *
 * @returns the last stage
 */
export function buildImage(context: string, into: string): BuiltImage {
  const dockerfile = readFileSync(join(context, "Dockerfile"), "utf8");
  const builder = new Builder(context, into, installNode(baseNodeVersion(dockerfile), into));
  const stages = readStages(dockerfile);
  const [image] = stages.map((stage) => builder.build(stage)).slice(-1);
  if (image === undefined) throw new Error("the Dockerfile has no stage");
  return image;
}

/** @returns an empty folder that any user may look into */
export function cleanFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "image-"));
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * Copies a Node from npm to where any user may run it.
 *
 * @returns its folder
 */
function installNode(version: string, into: string): string {
  const script = ["--yes", `--package=node@${version}`, "--", "node", "--print", "process.execPath"];
  const path = execFileSync("npm", ["exec", ...script], { cwd: into, encoding: "utf8" }).trim();
  const folder = join(into, "base-image");
  mkdirSync(folder);
  copyFileSync(path, join(folder, "node"));
  return folder;
}

class Builder {
  readonly #roots = new Map<string, string>();
  readonly #isInContext: (path: string) => boolean;

  constructor(
    readonly context: string,
    readonly into: string,
    /** The folder of the base image's Node. */
    readonly nodeFolder: string,
  ) {
    const ignored = readFileSync(join(context, ".dockerignore"), "utf8");
    this.#isInContext = dockerIgnore.default().add(ignored).createFilter();
  }

  build({ name = "image", steps }: Stage): BuiltImage {
    const root = join(this.into, name);
    mkdirSync(root);
    this.#roots.set(name, root);
    const path = [this.nodeFolder, process.env["PATH"]].join(delimiter);
    const image: Mutable = { ...emptyImage, root, environment: { PATH: path } };
    for (const step of steps) this.#do(step, image);
    return image;
  }

  #do(step: Step, image: Mutable): void {
    switch (step.kind) {
      case "workdir":
        image.workdir = posix.resolve(image.workdir, step.path);
        mkdirSync(join(image.root, image.workdir), { recursive: true });
        break;
      case "env":
        image.environment = { ...image.environment, ...step.values };
        break;
      case "run":
        this.#run(step.command, image);
        break;
      case "copy":
        for (const source of step.sources) this.#copy(source, step.from, step.target, image);
        break;
      case "user":
        image.user = step.name;
        break;
      case "stop-signal":
        image.stopSignal = step.signal as NodeJS.Signals;
        break;
      case "health-check":
        image.healthCheck = step.words;
        break;
      case "entry-point":
        image.entryPoint = step.words;
        break;
      case "command":
        image.command = step.words;
    }
  }

  /** In HOME npm is told its registry: it belongs to the base image. */
  #run(command: string, { root, workdir, environment }: BuiltImage): void {
    const env = { HOME: process.env["HOME"], ...environment };
    execFileSync("/bin/sh", ["-c", command], { cwd: join(root, workdir), env, stdio: "pipe" });
  }

  /** A folder's content is copied, a file goes into a target that ends with a slash: as Docker has it. */
  #copy(source: string, stage: string | undefined, target: string, { root, workdir }: BuiltImage): void {
    const from = stage === undefined ? this.context : this.#roots.get(stage);
    if (from === undefined) throw new Error(`there is no stage ${String(stage)}`);
    const path = join(from, source);
    const isFolder = statSync(path).isDirectory();
    const to = join(
      root,
      posix.resolve(workdir, target),
      !isFolder && target.endsWith("/") ? basename(source) : "",
    );
    const filter = (file: string): boolean =>
      stage !== undefined || file === path || this.#isInContext(relative(this.context, file));
    if (stage === undefined && !this.#isInContext(source)) throw new Error(`${source} is not in the context`);
    cpSync(path, to, { recursive: true, verbatimSymlinks: true, filter });
  }
}

const emptyImage: Omit<BuiltImage, "root"> = {
  workdir: "/",
  environment: {},
  user: "root",
  stopSignal: "SIGTERM",
  entryPoint: [],
  command: [],
  healthCheck: [],
};
