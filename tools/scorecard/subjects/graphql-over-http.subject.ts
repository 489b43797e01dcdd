import { startTestGateway } from "../../../test/support/gateway.js";
import { audit, declined } from "../../../test/support/graphql-over-http.js";
import { installedVersion } from "../../../test/support/installed-version.js";
import type { Finding, Subject } from "../card.js";

/** The audit of graphql-http, against a gateway on a port. */
export const graphqlOverHttp: Subject = {
  name: "graphql-over-http",
  measurements: [
    {
      title: `GraphQL over HTTP: graphql-http ${installedVersion("graphql-http")}`,
      how: "its `auditServer`, CSRF prevention on",
      measure: measureAudit,
    },
  ],
};

async function measureAudit(): Promise<Finding> {
  const gateway = await startTestGateway();
  try {
    const { total, notOk, failures } = await audit(gateway.url);
    const musts = failures.filter((check) => check.includes(" MUST "));
    return {
      passed: total > 0 && failures.length === 0 && notOk.every((check) => declined.includes(check)),
      result: `${total - notOk.length} of ${total} checks ok, ${musts.length} MUST failed`,
    };
  } finally {
    await gateway.stop();
  }
}
