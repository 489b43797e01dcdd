import { readFileSync } from "node:fs";

import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";

import { readConfig } from "../../src/config/config.js";
import { nodeMajors } from "../../tools/node-majors.js";
import { imageEnvironment, knownVariables } from "./deployed-config.js";
import { baseNodeVersion } from "./image/dockerfile-steps.js";

const text = readFileSync("Dockerfile", "utf8");
const dockerfile = DockerfileParser.parse(text);

describe("the Dockerfile", () => {
  it("has nothing that a linter minds", () => {
    expect(validate(text)).toEqual([]);
    expect(validate(text.replace("EXPOSE 4000", "EXPOSES 4000"))).toHaveLength(1);
  });

  it("starts every stage from one exact version of the newest Node that the tests run on", () => {
    const images = dockerfile.getFROMs().map((from) => from.getImage());
    expect(new Set(images)).toEqual(new Set(["${NODE_IMAGE}"]));
    expect(baseNodeVersion(text)).toMatch(new RegExp(`^${Math.max(...nodeMajors)}\\.\\d+\\.\\d+$`));
  });

  it.each(["README.md", "CONTRIBUTING.md", "docs/embedding.md"])("%s names the versions of Node", (file) => {
    const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
    const [lowest] = nodeMajors;
    expect(engines.node).toMatch(new RegExp(`^>=${lowest}\\.\\d+$`));
    const named = `Node ${engines.node.slice(2)} or later; ${nodeMajors.slice(0, -1).join(", ")} and ${nodeMajors.at(-1)} are tested`;
    expect(readFileSync(file, "utf8").replaceAll("\n", " ")).toContain(named);
  });

  it("sets what the gateway reads, and leaves the upstream to whoever runs it", () => {
    expect(knownVariables).toEqual(expect.arrayContaining(Object.keys(imageEnvironment)));
    expect(imageEnvironment["UPSTREAM"]).toBeUndefined();
    const { production, host, port } = readConfig({ ...imageEnvironment, UPSTREAM: "liveperson" });
    expect({ production, host, port }).toEqual({ production: true, host: "0.0.0.0", port: exposedPort() });
  });
});

function exposedPort(): number {
  const expose = dockerfile.getInstructions().find((instruction) => instruction.getKeyword() === "EXPOSE");
  return Number(expose?.getArgumentsContent());
}
