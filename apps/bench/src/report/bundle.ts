import { fileURLToPath } from "node:url";
import { build, defaultClientConditions } from "vite";

/** One module for a page, minified, of a few lines of code. */
export async function bundle(code: string): Promise<string> {
  // A name beside this file, so that what it imports is found.
  const entry = fileURLToPath(new URL("entry.js", import.meta.url));
  const output = await build({
    configFile: false,
    // From source, as everything else in here.
    resolve: { conditions: ["@holdfast/source", ...defaultClientConditions] },
    logLevel: "silent",
    root: fileURLToPath(new URL("..", import.meta.url)),
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === "entry" ? entry : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: "es2022",
      rollupOptions: { input: "entry", preserveEntrySignatures: "strict" },
    },
  });
  const [first] = [output].flat();
  if (!first || !("output" in first)) throw new Error("nothing was built");
  return first.output[0].code;
}

/** What a page imports to use each of them. */
export const imports: Readonly<Record<string, string>> = {
  "holdfast connect": 'export { connect } from "@holdfast/browser";',
  "holdfast createClient": 'export { createClient } from "@holdfast/browser";',
  "holdfast with defineContract":
    'export { createClient, defineContract, event, call, stream } from "@holdfast/browser";',
  "socket.io-client": 'export { io } from "socket.io-client";',
  "@trpc/client, wsLink": 'export { createTRPCClient, createWSClient, wsLink } from "@trpc/client";',
  "graphql-ws": 'export { createClient } from "graphql-ws";',
  partysocket: 'export { WebSocket } from "partysocket";',
  "reconnecting-websocket": 'export { default } from "reconnecting-websocket";',
};
