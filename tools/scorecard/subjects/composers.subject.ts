import { composers, subgraphs } from "../../../test/federation/composers.js";
import type { Composer } from "../../../test/federation/composers.js";
import { installedVersion } from "../../../test/support/installed-version.js";
import type { Finding, Subject } from "../card.js";

/** The committed SDL, composed with two neighbours. */
export const composition: Subject = {
  name: "composers",
  measurements: composers.map((composer) => ({
    title: `Composer: ${composer.name} ${installedVersion(composer.name)}`,
    how: "`schema/schema.graphql` with two neighbour subgraphs",
    measure: () => Promise.resolve(measureComposer(composer)),
  })),
};

function measureComposer({ compose }: Composer): Finding {
  const { supergraphSdl, problems } = compose(subgraphs);
  const composes = supergraphSdl?.includes("type StatusReason") === true;
  return {
    passed: composes && problems.length === 0,
    result: `${composes ? "composes" : "does not compose"}, ${problems.length} errors or hints`,
  };
}
