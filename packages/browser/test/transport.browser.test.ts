import { transportContract } from "@holdfast/testing/contracts";
import { inject } from "vitest";
import type {} from "../../../scripts/echo-server.ts";
import { askingTwice } from "../src/asking-twice.ts";
import { browserTransport } from "../src/transport.ts";

transportContract("Chromium's WebSocket", {
  transport: () => browserTransport(),
  echoUrl: () => inject("echoUrl"),
  // The server listens on 127.0.0.1 only: the same port of the other loopback refuses.
  refusedUrl: () => inject("echoUrl").replace("127.0.0.1", "[::1]"),
});

transportContract("Chromium's WebSocket, asked twice", {
  transport: () => askingTwice(browserTransport()),
  echoUrl: () => inject("echoUrl"),
  refusedUrl: () => inject("echoUrl").replace("127.0.0.1", "[::1]"),
});
