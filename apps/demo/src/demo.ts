import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { createFaultTunnel, type FaultTunnel } from "@holdfast/testing/node";
import { announce } from "./announce.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { Mailbox } from "./mailbox/mailbox.ts";
import { AccessLog } from "./server/access-log.ts";
import { createApi } from "./server/api.ts";
import { Centre } from "./server/centre.ts";
import { Comparisons } from "./server/comparisons.ts";
import { host, stop } from "./server/host.ts";
import { listen, usualPort } from "./server/listen.ts";
import type { PageFiles } from "./server/make-page.ts";
import { Meter } from "./server/meter.ts";
import { BreakableNetwork } from "./server/network.ts";
import { ownOrigins } from "./server/origins.ts";
import { answerPage } from "./server/page.ts";
import { Plain } from "./server/plain.ts";
import type { Store } from "./server/store.ts";
import { type Heartbeat, heartbeat as usualHeartbeat } from "./shared/patience.ts";
import { livePath, networked } from "./shared/socket-paths.ts";

/** Clients are given so long to leave before the end. */
const drainWithinMs = 500;

export interface DemoOptions {
  /** Without one, the usual port or a free one; 0 is a free one. */
  readonly port?: number | undefined;
  /** Where the data are kept. @defaultValue a folder under the user's state directory */
  readonly data?: string | undefined;
  /** How long a page's credential holds; it is asked for another one after half of it. @defaultValue 40_000 */
  readonly tokenLifeMs?: number | undefined;
  /** How soon a dead link is found. @defaultValue 1_000 and 500 */
  readonly heartbeat?: Heartbeat | undefined;
  /** What the page is made of. @defaultValue its sources, by Vite */
  readonly makePage?: (() => Promise<PageFiles>) | undefined;
  readonly print: (line: string) => void;
}

/** All of it, running. */
export interface Demo extends AsyncDisposable {
  /** Where the page is. */
  readonly url: string;
  /** What everything under `/network/` goes through. */
  readonly proxy: FaultTunnel;
  /** Where mails are dropped. */
  readonly mailFolder: string;
  readonly accessLog: string;
  /** A token for a service, which signs in nowhere. */
  serviceToken(name: string): Promise<string>;
}

/** Starts the server, the fault proxy, the page and the mailbox service, all on one port, and says so. @throws Sorry */
export async function startDemo({
  port: asked,
  data,
  tokenLifeMs = 40_000,
  heartbeat = usualHeartbeat,
  makePage = withVite,
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
  const url = `http://127.0.0.1:${port}/`;
  const proxy = owned.use(createFaultTunnel({ to: url }));
  const network = new BreakableNetwork(proxy);
  const centre = owned.use(new Centre({ http, origins, meter, folder: folder.path, heartbeat, tokenLifeMs }));
  // Not before the store is ours: another demo may write there.
  log.open(accessLog);
  const { signIn } = centre;
  const store = (): Store => centre.store;
  const comparisons = owned.use(new Comparisons({ store, signIn, meter, to: url }));
  const plain = owned.use(new Plain(origins));
  const api = createApi({
    store,
    signIn,
    meter,
    comparisons,
    network,
    plain,
    origins,
    mailFolder: folder.mail,
    restart: (drainWithinMs) => centre.restart(drainWithinMs),
    signOut: (name) => centre.live.signOut(name),
  });
  host(http, {
    meter,
    hosts: origins.map((origin) => new URL(origin).host),
    api: getRequestListener(api.fetch),
    page: answerPage(makePage),
    takes: (request, stream, head) =>
      network.take(request, head) ||
      comparisons.take(request, head) ||
      (isSession(request) ? centre.isServing : plain.take(request, stream, head)),
  });

  for (const line of announce({ url, folder })) print(line);
  const serviceToken = async (name: string): Promise<string> =>
    (await signIn.token({ name, role: "service" })).token;
  const mailbox = owned.use(
    new Mailbox({
      folder: folder.mail,
      url: new URL(networked.live, url),
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

/** Vite is loaded when somebody asks for the page. */
async function withVite(): Promise<PageFiles> {
  return (await import("./server/make-page.ts")).makePage();
}

function isSession({ url = "" }: IncomingMessage): boolean {
  return url.split("?", 1)[0] === livePath;
}
