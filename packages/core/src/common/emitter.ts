import { heed } from "./heed.ts";

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
  /** What `act` emits is heard only when it is through: events that belong together, with nothing in between. */
  together(act: () => void): void;
}

interface Entry {
  readonly listener: (event: never) => unknown;
  active: boolean;
}

/**
 * Events reach every listener in the order they were emitted, even when a listener causes the next one.
 * A listener that throws is passed to `thrown`, which must not, and stops nobody; one that was removed is not called
 * again; one that was added hears the next event.
 */
export function createEmitter<Events>(thrown: (name: keyof Events, error: unknown) => void): Emitter<Events> {
  // Without a prototype: a contract may have an event called "constructor".
  const entries: { [K in keyof Events]?: readonly Entry[] } = {
    __proto__: null,
  } as object;
  const queue: (readonly [name: keyof Events, event: unknown])[] = [];
  let isBusy = false;

  function drain(): void {
    if (isBusy) return;
    isBusy = true;
    for (const [name, event] of queue) {
      for (const entry of entries[name] ?? []) {
        if (!entry.active) continue;
        try {
          const done = entry.listener(event as never) as PromiseLike<void> | void;
          done?.then?.(undefined, (error: unknown) => thrown(name, error));
        } catch (error) {
          thrown(name, error);
        }
      }
    }
    queue.length = 0;
    isBusy = false;
  }

  return {
    on(name, listener, options) {
      const entry: Entry = { listener, active: true };
      let unheed: Undo | undefined;
      const undo: Undo = () => {
        entry.active = false;
        entries[name] = (entries[name] ?? []).filter((other) => other !== entry);
        unheed?.();
      };
      entries[name] = [...(entries[name] ?? []), entry];
      unheed = heed(options?.signal, undo);
      return undo;
    },
    emit(name, event) {
      queue.push([name, event]);
      drain();
    },
    together(act) {
      const wasBusy = isBusy;
      isBusy = true;
      act();
      isBusy = wasBusy;
      drain();
    },
  };
}
