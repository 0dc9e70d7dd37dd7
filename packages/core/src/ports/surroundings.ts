import type { Hint } from "../connection/event.ts";

/**
 * Tells what the runtime notices of network and page.
 *
 * - `watch` MUST return the undo and MUST leave no listener behind after it.
 * - It MUST NOT call back synchronously.
 * - Where there is nothing to notice, it does nothing.
 */
export interface Surroundings {
  watch(notice: (hint: Hint) => void): () => void;
}
