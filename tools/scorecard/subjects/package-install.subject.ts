import type { Subject } from "../card.js";
import { runTests } from "../jest-run.js";

/** The npm package as a user gets it. */
export const packageInstall: Subject = {
  name: "package",
  measurements: [
    {
      title: "Package install",
      how: "`npm run test:package`: packed, installed into an empty project, run",
      measure: () => runTests("npm", ["run", "test:package", "--"]),
    },
  ],
};
