import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { findFirefox, howToInstallFirefox } from "../../../scripts/firefox.ts";
import { Firefox } from "./firefox.ts";

const hasFirefox = findFirefox() !== undefined;
if (!hasFirefox) console.warn(`SKIPPED: the demo in Firefox. To run it, ${howToInstallFirefox}.`);

const page = `<!doctype html><title>Echo</title><output></output><script>
  const socket = new WebSocket(location.href.replace("http", "ws"));
  socket.onopen = () => socket.send("hello from Firefox");
  socket.onmessage = ({ data }) => { document.querySelector("output").textContent = data; };
</script>`;

describe.skipIf(!hasFirefox)("a real Firefox", () => {
  let firefox: Firefox;
  // Its first start on a busy machine takes a while.
  beforeAll(async () => {
    firefox = await Firefox.launch();
  }, 60_000);
  afterAll(() => firefox?.[Symbol.asyncDispose]());

  test("opens a socket of its own and hears its echo", async () => {
    await using http = createServer((_, response) => response.end(page)).listen(0, "127.0.0.1");
    const sockets = new WebSocketServer({ server: http });
    sockets.on("connection", (socket) => socket.on("message", (data) => socket.send(String(data))));
    await once(http, "listening");
    await using visitor = await firefox.browser.newPage();
    await visitor.goto(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`);
    const echo = await visitor.waitForSelector("output:not(:empty)");
    expect(await echo?.evaluate(({ textContent }) => textContent)).toBe("hello from Firefox");
    expect(await firefox.browser.version()).toMatch(/^firefox/i);
  });
});
