import type { ApolloServerPlugin, GraphQLServerListener, LandingPage } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";

import type { Config } from "../../config/index.js";
import type { GatewayContext } from "../../graphql/index.js";
import type { ExplorerPreset } from "../explorer/index.js";

/** Apollo Sandbox for browsers, with a first query and a first subscription; in production nothing. */
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
      return listener && linked(listener, explorerPath);
    },
  };
}

function linked(listener: GraphQLServerListener, explorerPath: string): GraphQLServerListener {
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
 * Shows the way to the local explorer where Sandbox cannot be loaded. The empty place where Sandbox would
 * be covers the whole page, so clicks must go through it.
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
