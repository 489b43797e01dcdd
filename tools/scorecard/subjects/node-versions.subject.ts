import type { Finding, Subject } from "../card.js";
import { runCommand } from "../command.js";
import { runTests } from "../jest-run.js";
import { nodeMajors } from "../../node-majors.js";
import { exerciseBuiltGateway } from "./built-gateway.js";

/** All tests, and the built gateway, on each supported version of Node. */
export const nodeVersions: Subject = {
  name: "node",
  measurements: nodeMajors.map((major) => ({
    title: `Node ${major}`,
    how: `\`npm exec --package=node@${major} -- node node_modules/jest/bin/jest.js\`; then \`dist/main.js\`: started, asked, stopped`,
    measure: () => measureNode(major),
  })),
};

async function measureNode(major: number): Promise<Finding> {
  const { path, version } = await fetchNode(major);
  const build = await runCommand("npm", ["run", "build"]);
  if (build.exitCode !== 0) throw new Error("the gateway could not be built");
  const { passed, result } = await runTests(path, ["node_modules/jest/bin/jest.js"]);
  const problem = await exerciseBuiltGateway(path);
  return {
    passed: passed && problem === undefined,
    result: `${version}: ${result}; the built gateway ${problem ?? "answers, writes and stops"}`,
  };
}

/** Installs the newest Node of a major version with npm, outside the project. */
async function fetchNode(major: number): Promise<{ path: string; version: string }> {
  const script = "JSON.stringify({ path: process.execPath, version: process.version })";
  const command = ["exec", "--yes", `--package=node@${major}`, "--", "node", "--print", script];
  const { exitCode, stdout } = await runCommand("npm", command);
  if (exitCode !== 0) throw new Error(`npm could not fetch Node ${major}`);
  const node = JSON.parse(stdout) as { path: string; version: string };
  if (!node.version.startsWith(`v${major}.`)) throw new Error(`npm fetched Node ${node.version}`);
  return node;
}
