import type { Subject } from "../card.js";
import { batching } from "./batching/batching.subject.js";
import { browser } from "./browser.subject.js";
import { chaos } from "./chaos.subject.js";
import { composition } from "./composers.subject.js";
import { graphqlOverHttp } from "./graphql-over-http.subject.js";
import { nodeVersions } from "./node-versions.subject.js";
import { packageInstall } from "./package-install.subject.js";
import { routers } from "./routers.subject.js";

/** All subjects of the card, in order. */
export const subjects: readonly Subject[] = [
  graphqlOverHttp,
  composition,
  routers,
  chaos,
  batching,
  browser,
  nodeVersions,
  packageInstall,
];
