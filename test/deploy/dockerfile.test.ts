import { readFileSync } from "node:fs";

import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";

import { readConfig } from "../../src/config/config.js";
import { imageEnvironment, knownVariables } from "./deployed-config.js";

const text = readFileSync("Dockerfile", "utf8");
const dockerfile = DockerfileParser.parse(text);

describe("the Dockerfile", () => {
  it("has nothing that a linter minds", () => {
    expect(validate(text)).toEqual([]);
    expect(validate(text.replace("EXPOSE 4000", "EXPOSES 4000"))).toHaveLength(1);
  });

  it("starts every stage from one exact version of the Node that is developed on", () => {
    const [image = "", ...others] = dockerfile.getFROMs().map((from) => from.getImage());
    expect(new Set(others)).toEqual(new Set([image]));
    expect(image).toMatch(
      new RegExp(`^node:${readFileSync(".nvmrc", "utf8").trim()}\\.\\d+\\.\\d+-bookworm-slim$`),
    );
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
