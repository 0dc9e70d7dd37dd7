import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { createServer, defaultClientConditions, type ViteDevServer } from "vite";

const root = fileURLToPath(new URL("../page", import.meta.url));
const repository = fileURLToPath(new URL("../../../..", import.meta.url));

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

/** The page, straight from its TypeScript. */
export class Page implements AsyncDisposable {
  readonly #vite: ViteDevServer;
  readonly #cache: string;

  private constructor(vite: ViteDevServer, cache: string) {
    this.#vite = vite;
    this.#cache = cache;
  }

  /** @param cache - a folder of its own: demos that start at the same time would write into each other's. It goes with the page. */
  static async create(cache: string): Promise<Page> {
    // Of a demo that was killed.
    await rm(cache, { recursive: true, force: true });
    const vite = await createServer({
      root,
      cacheDir: cache,
      configFile: false,
      envDir: false,
      // "custom" leaves the HTML to us, so Vite adds no client to it: the page's only sockets are its own.
      appType: "custom",
      clearScreen: false,
      logLevel: "error",
      resolve: { conditions: ["@holdfast/source", ...defaultClientConditions] },
      optimizeDeps: { noDiscovery: true, include: ["zod/mini", "uplot"] },
      server: {
        middlewareMode: true,
        ws: false,
        hmr: false,
        watch: null,
        fs: {
          allow: [
            cache,
            ...["apps/demo/src/page", "apps/demo/src/shared", "apps/demo/node_modules", "packages"].map(
              (path) => repository + path,
            ),
          ],
        },
      },
    });
    return new Page(vite, cache);
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader("content-security-policy", policy);
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    if (request.method !== "GET" && request.method !== "HEAD") {
      return void response.writeHead(405, { allow: "GET, HEAD" }).end();
    }
    if (/^\/(\?|$)/.test(request.url ?? "")) return index(response);
    this.#vite.middlewares(request, response, () => response.writeHead(404).end("Not here.\n"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#vite.close();
    await rm(this.#cache, { recursive: true, force: true });
  }
}

/** Read again each time, so that a reload shows what was edited. */
function index(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" });
  response.end(readFileSync(`${root}/index.html`));
}
