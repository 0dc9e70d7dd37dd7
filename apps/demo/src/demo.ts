import { createServer, type IncomingMessage, type Server } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { createFaultProxy, type FaultProxy } from "@holdfast/testing/node";
import { prepareDataFolder } from "./data-folder.ts";
import { Mailbox } from "./mailbox/mailbox.ts";
import { AccessLog } from "./server/access-log.ts";
import { createApi } from "./server/api.ts";
import { Centre } from "./server/centre.ts";
import { Comparisons } from "./server/comparisons.ts";
import { listen, usualPort } from "./server/listen.ts";
import { socketPath } from "./server/live.ts";
import { Meter } from "./server/meter.ts";
import { BreakableNetwork } from "./server/network.ts";
import { ownOrigins } from "./server/origins.ts";
import { Page } from "./server/page.ts";
import { echoPath, Plain, plainPath } from "./server/plain.ts";

/** Clients are given so long to leave before the end. */
const drainWithinMs = 500;

export interface DemoOptions {
  /** Without one, the usual port or a free one; 0 is a free one. */
  readonly port?: number | undefined;
  /** Where the data are kept. @defaultValue a folder under the user's state directory */
  readonly data?: string | undefined;
  /** How long a page's credential holds; it is asked for another one after half of it. @defaultValue 40_000 */
  readonly tokenLifeMs?: number | undefined;
  readonly print: (line: string) => void;
}

/** All of it, running. */
export interface Demo extends AsyncDisposable {
  readonly url: string;
  readonly proxy: FaultProxy;
  /** Where mails are dropped. */
  readonly mailFolder: string;
  readonly accessLog: string;
  /** A token for a service, which signs in nowhere. */
  serviceToken(name: string): Promise<string>;
}

/** Starts the server, the fault proxy, the page and the mailbox service, and says so. @throws Sorry */
export async function startDemo({
  port: asked,
  data,
  tokenLifeMs = 40_000,
  print,
}: DemoOptions): Promise<Demo> {
  await using owned = new AsyncDisposableStack();

  const folder = prepareDataFolder(data);
  const accessLog = join(folder.path, "access.log");
  const log = owned.use(new AccessLog(accessLog));
  const meter = new Meter((access) => log.write(access));
  const http = createServer();
  const port = await listen(http, asked);
  if (asked === undefined && port !== usualPort)
    print(`Port ${usualPort} is in use, taking ${port} instead.`);
  owned.defer(() => stop(http));

  const origins = ownOrigins(port);
  const proxy = owned.use(await createFaultProxy({ to: `ws://127.0.0.1:${port}${socketPath}` }));
  const centre = owned.use(new Centre({ http, origins, meter, folder: folder.path, tokenLifeMs }));
  const { signIn } = centre;
  const comparisons = owned.use(new Comparisons(() => centre.store, signIn, meter));
  const plain = owned.use(new Plain());
  const network = new BreakableNetwork(proxy);
  const settings = {
    socketUrl: proxy.url(),
    plainUrl: proxy.url(plainPath),
    echoUrl: `ws://127.0.0.1:${port}${echoPath}`,
    mailFolder: folder.mail,
  };
  const restart = (): Promise<void> => centre.restart();
  const signOut = (name: string): void => centre.live.signOut(name);
  const api = getRequestListener(
    createApi({
      store: () => centre.store,
      signIn,
      meter,
      comparisons,
      network,
      plain,
      origins,
      settings,
      restart,
      signOut,
    }).fetch,
  );
  const page = owned.use(await Page.create());
  http.on("request", (request, response) => {
    meter.watch(request, response);
    if (request.url?.startsWith("/api/")) void api(request, response);
    else page.answer(request, response);
  });
  http.on("upgrade", (request, stream, head) => {
    const isTaken = isOurs(request) ? centre.isServing : plain.take(request, stream, head);
    if (!isTaken) turnAway(stream);
  });

  const serviceToken = async (name: string): Promise<string> =>
    (await signIn.token({ name, role: "service" })).token;
  const url = `http://127.0.0.1:${port}/`;
  print(
    `  server   @holdfast/server on 127.0.0.1:${port}${socketPath}: sessions, and the same data over HTTP`,
  );
  print(`  store    SQLite in ${folder.path}`);
  print(
    `  proxy    127.0.0.1:${proxy.port}, the network between everybody and the server, to be broken at will`,
  );
  print(`  mailbox  @holdfast/node, watches ${folder.mail}: drop an .eml there; its life is printed below`);
  print(`  page     @holdfast/browser, its life is on the page`);
  print(`Open ${url}`);
  const mailbox = owned.use(
    new Mailbox({
      folder: folder.mail,
      url: proxy.url(),
      credential: async () => ({ token: await serviceToken("mailbox"), page: "mailbox" }),
      print: (line) => print(`${new Date().toLocaleTimeString("en-GB")}  mailbox  ${line}`),
    }),
  );

  const all = owned.move();
  return {
    url,
    proxy,
    mailFolder: folder.mail,
    accessLog,
    serviceToken,
    async [Symbol.asyncDispose]() {
      // Goodbyes get through, even if the user left us with a black hole.
      network[Symbol.dispose]();
      await mailbox[Symbol.asyncDispose]();
      await centre.live.drain(drainWithinMs);
      await all.disposeAsync();
    },
  };
}

function isOurs({ url = "" }: IncomingMessage): boolean {
  return url.split("?", 1)[0] === socketPath;
}

/** Nobody else looks at upgrades that nobody takes, and they would wait for ever. */
function turnAway(stream: Duplex): void {
  stream.on("error", () => stream.destroy());
  stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
}

function stop(http: Server): Promise<void> {
  http.closeAllConnections();
  return promisify(http.close.bind(http))();
}
