import type { Notification } from "../../shared/notification.ts";

/** What changed in an {@link Inbox}. */
export interface Change {
  readonly notification: Notification;
  /** Whether nobody here had seen it before. */
  readonly isNew: boolean;
}

/** More are forgotten here, the oldest first; the server has them. */
const maxKnown = 1_000;

/** All notifications that a page knows. */
export class Inbox {
  readonly #known: Map<number, Notification> = new Map();
  readonly #listeners: Set<(change: Change) => void> = new Set();
  readonly #forgetters: Set<(id: number) => void> = new Set();
  #revision: number | undefined;

  /** Takes one, or what became of it. What is older than what is known changes nothing. */
  put(notification: Notification): void {
    const known = this.#known.get(notification.id);
    if (known && known.revision >= notification.revision) return;
    this.#known.set(notification.id, notification);
    this.#revision = Math.max(this.#revision ?? 0, notification.revision);
    for (const listener of this.#listeners) listener({ notification, isNew: !known });
    this.#bound();
  }

  /** Calls `listener` after each change. */
  onChange(listener: (change: Change) => void): void {
    this.#listeners.add(listener);
  }

  /** Calls `listener` with the id of each that is forgotten. */
  onForget(listener: (id: number) => void): void {
    this.#forgetters.add(listener);
  }

  /** The last change that is known. */
  get revision(): number | undefined {
    return this.#revision;
  }

  /** The id of the oldest that is known. */
  get oldest(): number | undefined {
    return this.#known.size ? Math.min(...this.#known.keys()) : undefined;
  }

  get size(): number {
    return this.#known.size;
  }

  #bound(): void {
    const { oldest } = this;
    if (this.#known.size <= maxKnown || oldest === undefined) return;
    this.#known.delete(oldest);
    for (const listener of this.#forgetters) listener(oldest);
  }
}
