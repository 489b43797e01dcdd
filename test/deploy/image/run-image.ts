import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { watchProcess } from "../../support/process.js";
import type { GatewayProcess } from "../../support/process.js";
import type { BuiltImage } from "./build-image.js";

type Environment = Readonly<Record<string, string>>;

/** The user `node` of the official images. */
const nodeUserId = 1000;

/** Starts what the image starts, as a container would: its environment, its folder, its user. */
export function runImage(image: BuiltImage, env: Environment, command = image.command): GatewayProcess {
  const [program = "", ...args] = [...image.entryPoint, ...command];
  return watchProcess(spawn(program, args, { ...surroundings(image, env), stdio: "pipe" }));
}

/** @returns the exit code of a health check: the image's own, or the one that takes its place */
export function checkHealth(image: BuiltImage, env: Environment, words = image.healthCheck): number | null {
  const [program = "", ...args] = words;
  return spawnSync(program, args, surroundings(image, env)).status;
}

/** A port that nothing listens on: containers have their ports to themselves, this machine's are shared. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

function surroundings({ root, workdir, environment, user }: BuiltImage, env: Environment) {
  // Only root may become another user; whoever else runs the tests is not root as it is.
  const isRoot = process.getuid?.() === 0;
  const identity = isRoot && user === "node" ? { uid: nodeUserId, gid: nodeUserId } : {};
  return {
    cwd: join(root, workdir),
    env: { ...environment, ...env },
    ...identity,
  };
}
