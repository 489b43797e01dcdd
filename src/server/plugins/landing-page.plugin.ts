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

/**
 * Adds a link to the local explorer to the message that Sandbox cannot be loaded. Sandbox's empty element covers the whole
 * page, so the style lets clicks through.
 */
function withLink(html: string, explorerPath: string): string {
  const nonce = /nonce="([\da-f]+)"/.exec(html)?.[1] ?? "";
  const style = `<style nonce="${nonce}">#embeddableSandbox:empty { pointer-events: none; }</style>`;
  const link = `<p><a href="${explorerPath}">Open GraphiQL</a>, which this gateway serves itself.</p>`;
  return html.replace(
    /Apollo Sandbox cannot be loaded[^<]*<\/p>/,
    (text) => `${text}\n  ${link}\n  ${style}`,
  );
}
