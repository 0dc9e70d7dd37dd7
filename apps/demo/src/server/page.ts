import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, defaultClientConditions, type Rolldown } from "vite";

const root = fileURLToPath(new URL("../page", import.meta.url));

/** Nothing inline, nothing from elsewhere; sockets are at the page's own port. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".map": "application/json",
};

/** By path. */
type Files = ReadonlyMap<string, string | Uint8Array>;

let made: Promise<Files> | undefined;

/** Answers for the page. It is made of its TypeScript when somebody first asks for it. */
export function answerPage({ method, url = "" }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("content-security-policy", policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  if (method !== "GET" && method !== "HEAD") {
    return void response.writeHead(405, { allow: "GET, HEAD" }).end();
  }
  const [asked = ""] = url.split("?", 1);
  const path = asked === "/" ? "/index.html" : asked;
  made ??= bundle();
  made.then(
    (files) => {
      const file = files.get(path);
      if (file === undefined) return void response.writeHead(404).end("Not here.\n");
      const type = types[extname(path)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "cache-control": "no-cache" }).end(file);
    },
    (error: unknown) => {
      // Whoever mends it need not start anew.
      made = undefined;
      response.writeHead(500).end(`The page cannot be made: ${String(error)}\n`);
    },
  );
}

/** A browser would ask for every module by itself: together they are there at once. */
async function bundle(): Promise<Files> {
  const { output } = (await build({
    root,
    configFile: false,
    envDir: false,
    logLevel: "error",
    resolve: { conditions: ["@holdfast/source", ...defaultClientConditions] },
    // As it is written, and nothing inline.
    build: { write: false, minify: false, sourcemap: true, modulePreload: false, assetsInlineLimit: 0 },
  })) as Rolldown.RolldownOutput;
  return new Map(output.map((file) => [`/${file.fileName}`, "code" in file ? file.code : file.source]));
}
