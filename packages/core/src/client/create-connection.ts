import type { Adapter } from "../ports/adapter.ts";
import { byteLength } from "../common/byte-length.ts";
import { HoldfastError } from "../holdfast-error.ts";
import type { Connection } from "./connection.ts";
import { type Closed, closed, type ConnectionState, names } from "./connection-state.ts";
import { check } from "../common/check.ts";
import type { Undo } from "../common/emitter.ts";
import { createFeed } from "../common/feed.ts";
import { heed } from "../common/heed.ts";
import type { AnyConnectOptions, Provided } from "./options.ts";
import { createShell } from "./shell.ts";
import { closing, subscribe } from "./store.ts";
import { createOnce } from "./once.ts";
import { countTogether } from "./together.ts";
import { wait } from "../common/wait.ts";

/**
 * The client of one URL, on any runtime. The packages for a runtime give it its types.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function createConnection(
  adapter: Adapter,
  url: Provided<string | URL>,
  options: AnyConnectOptions,
): Connection<unknown, unknown> {
  const { signal } = options;
  const shell = createShell(adapter, url, options);
  const { config, codec, driver, emitter, sending } = shell;
  const { dispatch } = driver;

  const quit = (): void => void close();
  let unheed: Undo | undefined;
  /** Heeds the signal of the lifetime, while there is a life. */
  function live({ phase }: ConnectionState): void {
    if (phase === "ended") unheed = unheed?.() as undefined;
    else unheed ??= heed(signal, quit);
  }

  const open = (): void => dispatch({ type: "open" });
  const wake = (): void => {
    if (config.start === "lazy") open();
  };

  const on: Connection<unknown, unknown>["on"] = (name, listener, how) => {
    const undo = emitter.on(name, listener, how);
    wake();
    return undo;
  };

  const once = createOnce(shell, on);

  function close(code = 1000, reason = ""): Promise<void> {
    const isFine = code === 1000 || (Number.isInteger(code) && code >= 3000 && code < 5000);
    check("code", code, isFine, "1000 or 3000 to 4999");
    check("reason", reason, byteLength(reason ?? {}) < 124, "at most 123 bytes");
    // What an open link was given is on its way before goodbye.
    sending.pump(Infinity);
    dispatch({ type: "close", code, reason });
    return closing(shell);
  }

  const connection: Connection<unknown, unknown> = {
    get state() {
      return shell.snapshot;
    },
    get readyState() {
      return names.indexOf(shell.snapshot.name) as 0 | 1 | 2 | 3;
    },
    get bufferedBytes() {
      return sending.bytes + driver.bufferedBytes;
    },
    on,
    once,
    subscribe: (listener) => subscribe(shell, listener),
    getSnapshot: () => shell.snapshot,
    send(message) {
      const data = codec.encode(message);
      wake();
      const { phase, cause } = shell.snapshot as Partial<Closed> & { readonly phase: string };
      if (phase === "ended" || phase === "closing") throw closed(undefined, cause);
      sending.send(message, data);
    },
    messages({ maxBuffered = 1_024, signal: stop } = {}) {
      check("maxBuffered", maxBuffered, maxBuffered > 0, "a number from 1");
      const together = countTogether();
      const read = (message: unknown): void => {
        // Who had no turn to read is not slow.
        if (feed.push(message) - together() < maxBuffered) return;
        feed.end(new HoldfastError("INBOX_FULL", `more than ${maxBuffered} messages wait to be read`));
      };
      const feed = createFeed<unknown>(() => undos.forEach((undo) => undo()));
      const undos = [on("message", read), emitter.on("closed", ({ cause }) => feed.end(cause))];
      undos.push(heed(stop, () => feed.end(stop?.reason)));
      const { snapshot } = shell;
      if (snapshot.phase === "ended") feed.end(snapshot.cause);
      return feed.iterator;
    },
    open,
    reconnect() {
      // Whose lifetime is over stays closed.
      if (!signal?.aborted) dispatch({ type: "reconnect" });
    },
    close,
    opened: (how) =>
      (shell.snapshot.name === "OPEN" ? Promise.resolve() : once("opened", how)) as Promise<void>,
    drained: (how = {}) => wait(shell.clock, how, sending.drained),
    // Where the symbol is missing, nobody can use `using`; but a polyfill may come.
    [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]: () => close(),
  };

  // Before anybody else.
  subscribe(shell, live);
  if (config.start === "eager") open();
  return connection;
}
