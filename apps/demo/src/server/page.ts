import type { RequestListener } from "node:http";
import { extname } from "node:path";
import type { PageFiles } from "./make-page.ts";

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

/** Answers for the page. It is made when somebody first asks for it. */
export function answerPage(makePage: () => Promise<PageFiles>): RequestListener {
  let made: Promise<PageFiles> | undefined;
  return ({ method, url = "" }, response) => {
    response.setHeader("content-security-policy", policy);
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    if (method !== "GET" && method !== "HEAD") {
      return void response.writeHead(405, { allow: "GET, HEAD" }).end();
    }
    const [asked = ""] = url.split("?", 1);
    const path = asked === "/" ? "/index.html" : asked;
    made ??= makePage();
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
  };
}
