import type { Contract } from "../contract/contract.ts";
import type { Adapter } from "../ports/adapter.ts";
import { tryAsk } from "../exchange/try-ask.ts";
import type { Client } from "./client.ts";
import type { AnyClientOptions } from "./client-options.ts";
import { createClientShell } from "./client-shell.ts";
import type { ConnectionState } from "./connection-state.ts";
import { check } from "../common/check.ts";
import { heed } from "../common/heed.ts";
import type { Undo } from "../common/emitter.ts";
import { closing, subscribe } from "./store.ts";
import { createOnce } from "./once.ts";
import type { WaitOptions } from "../common/wait.ts";

/**
 * The client of one server, on any runtime. The packages for a runtime give it its types.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function createAnyClient(adapter: Adapter, contract: Contract, options: AnyClientOptions): Client {
  const { signal } = options;
  const shell = createClientShell(adapter, contract, options);
  const { config, driver, asking, events, emitter, engine } = shell;
  const { dispatch } = driver;

  let unheed: Undo | undefined;
  /** Heeds the signal of the lifetime, while there is a life. */
  function live({ phase }: ConnectionState): void {
    if (phase === "ended") unheed = unheed?.() as undefined;
    else unheed ??= heed(signal, () => void close());
  }

  const open = (): void => dispatch({ type: "open" });
  const wake = (): void => {
    if (config.start === "lazy") open();
  };
  /** What asks for something, asks for a link too. */
  const waking =
    <A extends unknown[], R>(act: (...args: A) => R) =>
    (...args: A): R => {
      wake();
      return act(...args);
    };
  const on = waking(events.on);
  const told = createOnce(shell, emitter.on);

  /** Resolves when it is so, at once if it is. Looked at again with every event of that name. */
  const until =
    (name: string, isSo: () => boolean) =>
    (how?: WaitOptions): Promise<unknown> =>
      isSo() ? Promise.resolve() : told(name, isSo, how);
  const drained = until("drained", () => !engine.end.bufferedBytes && shell.snapshot.phase !== "ended");

  async function close({ drainMs = 0 }: { readonly drainMs?: number | undefined } = {}): Promise<void> {
    check("drainMs", drainMs, drainMs >= 0, "a number from 0");
    // Whatever ends the wait: it is over then.
    if (drainMs) await drained({ timeoutMs: drainMs }).catch(() => {});
    shell.tell();
    dispatch({ type: "close", code: 1000, reason: "" });
    return closing(shell);
  }

  const client = {
    get state() {
      return shell.snapshot;
    },
    get bufferedBytes() {
      return engine.end.bufferedBytes;
    },
    session: {
      get id() {
        return engine.sessionId;
      },
      on: emitter.on,
      once: told,
    },
    on,
    once: createOnce(shell, on),
    emit: waking(asking.emit),
    call: waking(asking.call),
    tryCall: (name: string, input: unknown, how?: object) =>
      tryAsk(contract.fromClient, name, client.call(name, input, how)),
    stream: waking(asking.stream),
    subscribe: (listener: Parameters<Client["subscribe"]>[0]) => subscribe(shell, listener),
    getSnapshot: () => shell.snapshot,
    open,
    reconnect() {
      // Whose lifetime is over stays closed.
      if (signal?.aborted) return;
      shell.tell();
      dispatch({ type: "reconnect" });
    },
    opened: waking(until("state", () => shell.snapshot.name === "OPEN")),
    drained,
    close,
    // Where the symbol is missing, nobody can use `using`; but a polyfill may come.
    [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]: () => close(),
  };

  // Before anybody else.
  subscribe(shell, live);
  if (config.start === "eager") open();
  return client as unknown as Client;
}
