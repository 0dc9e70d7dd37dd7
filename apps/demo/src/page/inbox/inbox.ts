import type { Notification } from "../../shared/notification.ts";

/** What changed in an {@link Inbox}. */
export interface Change {
  readonly notification: Notification;
  /** Whether nobody here had seen it before. */
  readonly isNew: boolean;
}

/** All notifications that a page knows, the newest first. */
export class Inbox {
  readonly #known: Map<number, Notification> = new Map();
  readonly #listeners: Set<(change: Change) => void> = new Set();
  #revision: number | undefined;

  /** Takes one, or what became of it. What is older than what is known changes nothing. */
  put(notification: Notification): void {
    const known = this.#known.get(notification.id);
    if (known && known.revision >= notification.revision) return;
    this.#known.set(notification.id, notification);
    this.#revision = Math.max(this.#revision ?? 0, notification.revision);
    for (const listener of this.#listeners) listener({ notification, isNew: !known });
  }

  /** Calls `listener` after each change. */
  onChange(listener: (change: Change) => void): void {
    this.#listeners.add(listener);
  }

  /** The last change that is known. */
  get revision(): number | undefined {
    return this.#revision;
  }

  get size(): number {
    return this.#known.size;
  }

  get unread(): readonly Notification[] {
    return [...this.#known.values()].filter(({ read }) => !read);
  }
}
