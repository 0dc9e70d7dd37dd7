import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { createFaultProxy, type FaultProxy } from "@holdfast/testing/node";
import { announce } from "./announce.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { Mailbox } from "./mailbox/mailbox.ts";
import { AccessLog } from "./server/access-log.ts";
import { createApi } from "./server/api.ts";
import { Centre } from "./server/centre.ts";
import { Comparisons } from "./server/comparisons.ts";
import { host, stop } from "./server/host.ts";
import { listen, usualPort } from "./server/listen.ts";
import { socketPath } from "./server/live.ts";
import { Meter } from "./server/meter.ts";
import { BreakableNetwork } from "./server/network.ts";
import { ownOrigins } from "./server/origins.ts";
import { Page } from "./server/page.ts";
import { echoPath, Plain, plainPath } from "./server/plain.ts";
import type { Store } from "./server/store.ts";

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
  const log = owned.use(new AccessLog());
  const meter = new Meter((access) => log.write(access));
  const http = createServer();
  const port = await listen(http, asked);
  if (asked === undefined && port !== usualPort)
    print(`Port ${usualPort} is in use, taking ${port} instead.`);
  owned.defer(() => stop(http));

  const origins = ownOrigins(port);
  const proxy = owned.use(await createFaultProxy({ to: `ws://127.0.0.1:${port}${socketPath}` }));
  const network = new BreakableNetwork(proxy);
  const centre = owned.use(new Centre({ http, origins, meter, folder: folder.path, tokenLifeMs }));
  // Not before the store is ours: another demo may write there.
  log.open(accessLog);
  const { signIn } = centre;
  const store = (): Store => centre.store;
  const comparisons = owned.use(
    new Comparisons({ store, signIn, meter, to: `ws://127.0.0.1:${port}${socketPath}` }),
  );
  const plain = owned.use(new Plain(origins));
  const settings = {
    socketUrl: proxy.url(),
    plainUrl: proxy.url(plainPath),
    echoUrl: proxy.url(echoPath),
    mailFolder: folder.mail,
  };
  const api = createApi({
    store,
    signIn,
    meter,
    comparisons,
    network,
    plain,
    origins,
    settings,
    restart: () => centre.restart(),
    signOut: (name) => centre.live.signOut(name),
  });
  host(http, {
    meter,
    hosts: origins.map((origin) => new URL(origin).host),
    api: getRequestListener(api.fetch),
    page: owned.use(await Page.create(join(folder.path, "page"))),
    takes: (request, stream, head) =>
      isSession(request) ? centre.isServing : plain.take(request, stream, head),
  });

  const url = `http://127.0.0.1:${port}/`;
  for (const line of announce({ url, proxyPort: proxy.port, folder })) print(line);
  const serviceToken = async (name: string): Promise<string> =>
    (await signIn.token({ name, role: "service" })).token;
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

function isSession({ url = "" }: IncomingMessage): boolean {
  return url.split("?", 1)[0] === socketPath;
}
