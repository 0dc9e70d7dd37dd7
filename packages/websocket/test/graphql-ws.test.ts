import { createClient } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import type { buildSchema as Build } from "graphql";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { ReconnectingWebSocket } from "../src/index.ts";

// As graphql-ws loads it: an imported one would be another copy, which it refuses.
const { buildSchema } = createRequire(import.meta.url)("graphql") as {
  buildSchema: typeof Build;
};
const schema = buildSchema("type Query { hello: String } type Subscription { ticks: Int }");

test("inside graphql-ws, which redials by itself, maxRetries 0 leaves one open socket after each of five cuts", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const roots = {
    subscription: {
      async *ticks() {
        yield { ticks: 1 };
        await once(server, "close");
      },
    },
  };
  const disposable = useServer({ schema, roots }, server);
  const made: ReconnectingWebSocket[] = [];
  const Bound = ReconnectingWebSocket.with({ maxRetries: 0 });
  class Counted extends Bound {
    constructor(url: string, protocols?: string) {
      super(url, protocols);
      made.push(this);
    }
  }
  const client = createClient({
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    webSocketImpl: Counted,
    retryAttempts: Infinity,
    retryWait: () => Promise.resolve(),
    shouldRetry: () => true,
  });
  const ticks = client.iterate({ query: "subscription { ticks }" });
  for (let cut = 0; cut <= 5; cut++) {
    expect(await ticks.next()).toMatchObject({ value: { data: { ticks: 1 } } });
    expect([
      cut,
      made.length,
      made.filter(({ readyState }) => readyState < 3).length,
      server.clients.size,
    ]).toEqual([cut, cut + 1, 1, 1]);
    expect(made.every(({ shouldReconnect, readyState }) => shouldReconnect === readyState < 2)).toBe(true);
    if (cut < 5) for (const socket of server.clients) socket.terminate();
  }
  await client.dispose();
  await disposable.dispose();
});
