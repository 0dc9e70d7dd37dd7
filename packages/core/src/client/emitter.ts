/** Lets go of what a call returned it for. */
export type Undo = () => void;

/** Listeners by event name, one payload each. */
export interface Emitter<Events> {
  on<K extends keyof Events>(
    name: K,
    listener: (event: Events[K]) => void,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Undo;
  emit<K extends keyof Events>(name: K, event: Events[K]): void;
}

interface Entry {
  readonly listener: (event: never) => void;
  active: boolean;
}

/**
 * Events reach every listener in the order they were emitted, even when a listener causes the next one.
 * A listener that throws is passed to `thrown` and stops nobody; one that was removed is not called again;
 * one that was added hears the next event.
 */
export function createEmitter<Events>(thrown: (name: keyof Events, error: unknown) => void): Emitter<Events> {
  const entries: { [K in keyof Events]?: readonly Entry[] } = {};
  const queue: (() => void)[] = [];

  function deliver(name: keyof Events, event: unknown): void {
    for (const entry of entries[name] ?? []) {
      if (!entry.active) continue;
      try {
        entry.listener(event as never);
      } catch (error) {
        thrown(name, error);
      }
    }
  }

  return {
    on(name, listener, options) {
      const signal = options?.signal;
      const entry: Entry = { listener, active: !signal?.aborted };
      const undo: Undo = () => {
        entry.active = false;
        entries[name] = entries[name]?.filter((other) => other !== entry) ?? [];
        signal?.removeEventListener("abort", undo);
      };
      if (entry.active) {
        entries[name] = [...(entries[name] ?? []), entry];
        signal?.addEventListener("abort", undo);
      }
      return undo;
    },
    emit(name, event) {
      if (!entries[name]?.length) return;
      queue.push(() => deliver(name, event));
      if (queue.length > 1) return;
      for (let task = queue[0]; task; queue.shift(), task = queue[0]) task();
    },
  };
}
