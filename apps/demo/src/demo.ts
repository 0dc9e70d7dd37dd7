import { createServer } from "node:http";
import { promisify } from "node:util";
import { createFaultProxy, type FaultProxy } from "@holdfast/testing/node";
import { Api } from "./server/api.ts";
import { Conversation, socketPath } from "./server/conversation.ts";
import { listen, usualPort } from "./server/listen.ts";
import { ownOrigins } from "./server/origins.ts";
import { Page } from "./server/page.ts";
import { Service } from "./service/service.ts";

export interface DemoOptions {
  /** Without one, the usual port or a free one; 0 is a free one. */
  readonly port?: number | undefined;
  /** How long a page talks before it closes politely. @defaultValue 60_000 */
  readonly closeAfterMs?: number | undefined;
  readonly print: (line: string) => void;
}

/** All of it, running. */
export interface Demo extends AsyncDisposable {
  readonly url: string;
  readonly proxy: FaultProxy;
  /** Has news for everybody. */
  tellNews(text: string): void;
}

/** Starts the server, the fault proxy, the page and the service, and says so. @throws Sorry */
export async function startDemo({ port: asked, closeAfterMs = 60_000, print }: DemoOptions): Promise<Demo> {
  await using owned = new AsyncDisposableStack();

  const http = createServer();
  const port = await listen(http, asked);
  if (asked === undefined && port !== usualPort)
    print(`Port ${usualPort} is in use, taking ${port} instead.`);

  const origins = ownOrigins(port);
  const proxy = owned.use(await createFaultProxy({ to: `ws://127.0.0.1:${port}${socketPath}` }));
  // Before the proxy ends: goodbyes go through it.
  owned.defer(() => {
    http.closeAllConnections();
    return promisify(http.close.bind(http))();
  });
  const conversation = owned.use(new Conversation(http, origins));
  const settings = { socketUrl: proxy.url(), closeAfterMs };
  const api = new Api({ proxy, settings, origins, forget: () => conversation.forget() });
  const page = Page.create();
  http.on("request", async (request, response) => {
    if (!api.answer(request, response)) (await page).answer(request, response);
  });
  owned.use(await page);

  const url = `http://127.0.0.1:${port}/`;
  print(
    `  server   @holdfast/server on 127.0.0.1:${port}${socketPath}: answers what it hears, and has news of its own`,
  );
  print(`  proxy    127.0.0.1:${proxy.port}, the network between them and the server, to be broken at will`);
  print(`  service  @holdfast/node, its life is printed below`);
  print(`  page     @holdfast/browser, its life is on the page`);
  print(`Open ${url}`);
  owned.use(
    new Service(proxy.url(), (line) => print(`${new Date().toLocaleTimeString("en-GB")}  service  ${line}`)),
  );
  // Goodbyes get through, even if the user left us with a black hole.
  owned.defer(() => proxy.heal());

  const all = owned.move();
  const tellNews = (text: string): void => conversation.tellNews(text);
  return { url, proxy, tellNews, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
