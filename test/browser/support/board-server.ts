import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const dist = join(__dirname, "../../../examples/status-board/dist");

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** The built status board, on an origin of its own. */
export interface BoardServer {
  readonly origin: string;
  stop(): Promise<void>;
}

export async function startBoardServer(): Promise<BoardServer> {
  if (!existsSync(join(dist, "index.html"))) {
    throw new Error("examples/status-board is not built: npm run test:browser builds it first");
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://board").pathname;
    const file = path === "/" ? "/index.html" : path;
    readFile(join(dist, file)).then(
      (body) => response.setHeader("content-type", contentTypes[extname(file)] ?? "text/plain").end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
