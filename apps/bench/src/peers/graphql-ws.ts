import { buildSchema, GraphQLError } from "graphql";
import { createClient } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { WebSocket, WebSocketServer } from "ws";
import { type Chat, chat } from "./chat.ts";
import { createGate } from "./gate.ts";
import type { Peer } from "./peer.ts";
import { queued } from "./queued.ts";

const schema = buildSchema(`
  type Chat { id: Int!, from: String!, text: String! }
  type Query { ask(id: Int!, from: String!, text: String!): Chat! }
  type Subscription { items(count: Int!, bytes: Int!): Chat! }
`);
const ask =
  "query ($id: Int!, $from: String!, $text: String!) { ask(id: $id, from: $from, text: $text) { id from text } }";
const items =
  "subscription ($count: Int!, $bytes: Int!) { items(count: $count, bytes: $bytes) { id from text } }";

/** graphql-ws: checked by GraphQL's own types, subscriptions without credit. */
export const graphqlWs: Peer = {
  name: "graphql-ws",
  packages: ["graphql-ws", "graphql", "ws"],
  async serve() {
    const gate = await createGate();
    const server = new WebSocketServer({ server: gate.http });
    const roots = {
      query: { ask: (message: Chat) => message },
      subscription: {
        async *items({ count, bytes }: { count: number; bytes: number }) {
          for (let n = 0; n < count; n++) yield { items: chat(n, bytes) };
        },
      },
    };
    useServer({ schema, roots }, server);
    return gate;
  },
  async dial(url) {
    let resolve = (): void => {};
    const promise = new Promise<void>((opened) => (resolve = opened));
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      lazy: false,
      on: { connected: () => resolve() },
    });
    await promise;
    return {
      ask: (message) =>
        new Promise((answer, fail) => {
          client.subscribe<{ ask: Chat }>(
            { query: ask, variables: { ...message } },
            {
              next: ({ data, errors }) => (data ? answer(data.ask) : fail(new GraphQLError(String(errors)))),
              error: fail,
              complete: () => {},
            },
          );
        }),
      items: (count, bytes) =>
        queued((item, end) => {
          client.subscribe(
            { query: items, variables: { count, bytes } },
            { next: item, error: end, complete: end },
          );
        }),
      close: () => void client.dispose(),
    };
  },
};
