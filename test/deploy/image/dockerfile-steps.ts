import { Copy, DockerfileParser } from "dockerfile-ast";
import type { Instruction } from "dockerfile-ast";

/** One `FROM … AS name` with what follows. */
export interface Stage {
  /** Undefined for the last one, which is the image. */
  readonly name: string | undefined;
  readonly steps: readonly Step[];
}

/** One instruction that changes the stage it stands in. */
export type Step =
  | { readonly kind: "workdir"; readonly path: string }
  | { readonly kind: "env"; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: "run"; readonly command: string }
  /** `from`: the stage the sources are in; undefined for the build context. */
  | {
      readonly kind: "copy";
      readonly from: string | undefined;
      readonly sources: readonly string[];
      readonly target: string;
    }
  | { readonly kind: "user"; readonly name: string }
  | { readonly kind: "stop-signal"; readonly signal: string }
  | { readonly kind: "health-check" | "entry-point" | "command"; readonly words: readonly string[] };

/** Reads a Dockerfile's stages. What this repository's does not use is an error: nothing is passed over. */
export function readStages(dockerfile: string): readonly Stage[] {
  const stages: { name: string | undefined; steps: Step[] }[] = [];
  const parsed = DockerfileParser.parse(dockerfile);
  const names = parsed.getFROMs().map((from) => from.getBuildStage() ?? undefined);
  for (const instruction of parsed.getInstructions()) {
    if (instruction.getKeyword() === "FROM") stages.push({ name: names[stages.length], steps: [] });
    else stages.at(-1)?.steps.push(...stepsOf(instruction));
  }
  return stages;
}

/** @returns the exact version of Node in the base image's name, which is the default of `NODE_IMAGE` */
export function baseNodeVersion(dockerfile: string): string {
  const version = /^ARG NODE_IMAGE=node:(\d+\.\d+\.\d+)-bookworm-slim(?:@sha256:[\da-f]{64})?$/m.exec(
    dockerfile,
  )?.[1];
  if (version === undefined) throw new Error("NODE_IMAGE names no exact version of Node");
  return version;
}

function stepsOf(instruction: Instruction): Step[] {
  const [first = "", ...others] = instruction.getExpandedArguments().map((argument) => argument.getValue());
  const rest = instruction.getRawArgumentsContent() ?? "";
  if (instruction instanceof Copy) return [copyOf(instruction)];
  switch (instruction.getKeyword()) {
    case "WORKDIR":
      return [{ kind: "workdir", path: first }];
    case "ENV":
      return [{ kind: "env", values: Object.fromEntries([first, ...others].map((pair) => splitPair(pair))) }];
    case "RUN":
      return [{ kind: "run", command: rest }];
    case "USER":
      return [{ kind: "user", name: first }];
    case "STOPSIGNAL":
      return [{ kind: "stop-signal", signal: first }];
    case "HEALTHCHECK":
      return [{ kind: "health-check", words: wordsOf(rest.slice(rest.indexOf("["))) }];
    case "ENTRYPOINT":
      return [{ kind: "entry-point", words: wordsOf(rest) }];
    case "CMD":
      return [{ kind: "command", words: wordsOf(rest) }];
    // They describe the image, and change nothing in it.
    case "LABEL":
    case "EXPOSE":
      return [];
    default:
      throw new Error(`the Dockerfile has a ${instruction.getKeyword()}, which is not known here`);
  }
}

function copyOf(copy: Copy): Step {
  const words = copy.getArguments().map((argument) => argument.getValue());
  const flags = copy.getFlags();
  const from = flags.find((flag) => flag.getName() === "from")?.getValue() ?? undefined;
  if (flags.some((flag) => flag.getName() !== "from"))
    throw new Error("COPY has a flag that is not known here");
  return { kind: "copy", from, sources: words.slice(0, -1), target: words.at(-1) ?? "" };
}

/** The exec form: a JSON array of words, which starts the program without a shell. */
function wordsOf(json: string): string[] {
  return JSON.parse(json) as string[];
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf("=");
  return [pair.slice(0, at), pair.slice(at + 1)];
}
