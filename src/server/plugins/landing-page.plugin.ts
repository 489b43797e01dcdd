import type { ApolloServerPlugin, GraphQLServerListener, LandingPage } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";

import type { Config } from "../../config/index.js";
import type { GatewayContext } from "../../graphql/index.js";
import type { ExplorerPreset } from "../explorer/index.js";

/** Serves Apollo Sandbox to browsers, with a first query and a first subscription; disabled in production. */
export function landingPagePlugin(
  { production }: Config,
  { query, subscription, variables, headers }: ExplorerPreset,
  explorerPath: string,
): ApolloServerPlugin<GatewayContext> {
  if (production) return ApolloServerPluginLandingPageDisabled();
  const sandbox: ApolloServerPlugin = ApolloServerPluginLandingPageLocalDefault({
    footer: false,
    embed: { runTelemetry: false },
    document: `${query}\n${subscription}`,
    variables: { ...variables },
    headers: { ...headers },
  });
  return {
    serverWillStart: async (service) => {
      const listener = (await sandbox.serverWillStart?.(service)) ?? undefined;
      return listener && withExplorerLink(listener, explorerPath);
    },
  };
}

function withExplorerLink(listener: GraphQLServerListener, explorerPath: string): GraphQLServerListener {
  const render = listener.renderLandingPage?.bind(listener);
  if (render === undefined) return listener;
  return {
    ...listener,
    renderLandingPage: async () => {
      const page = await render();
      return { html: async () => withLink(await htmlOf(page), explorerPath) };
    },
  };
}

function htmlOf({ html }: LandingPage): string | Promise<string> {
  return typeof html === "string" ? html : html();
}

/** Of the message that Sandbox cannot be loaded. Sandbox's empty element covers the whole page: it lets clicks through. */
const fallbackStyle = `
#embeddableSandbox:empty { pointer-events: none; }
.fallback { max-width: 36rem; margin: 12vh auto; padding: 0 1.25rem; font: 1rem/1.5 system-ui, sans-serif; color: #1b1f27; }
.fallback h1 { margin: 0; font-size: 1.75rem; }
.fallback a { display: inline-block; padding: 0.5rem 1rem; border-radius: 0.5rem;
  background: #0b57b0; color: #ffffff; font-weight: 600; text-decoration: none; }
`;

/** Gives the page this gateway's name, and the message that Sandbox cannot be loaded a link to the local explorer. */
function withLink(html: string, explorerPath: string): string {
  const nonce = /nonce="([\da-f]+)"/.exec(html)?.[1] ?? "";
  const style = `<style nonce="${nonce}">${fallbackStyle}</style>`;
  const link = `<p><a href="${explorerPath}">Open GraphiQL</a></p><p>This gateway serves it itself, without the internet.</p>`;
  return html
    .replace(/<title>[^<]*<\/title>/, "<title>status-reason-gateway</title>")
    .replace("Welcome to Apollo Server", "status-reason-gateway")
    .replace(/Apollo Sandbox cannot be loaded[^<]*<\/p>/, (text) => `${text}\n  ${link}\n  ${style}`);
}
