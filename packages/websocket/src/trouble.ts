import { events } from "./events/socket-event-target.ts";

/** What is known of an error: nothing, in browsers. */
export interface Trouble {
  readonly message?: string | undefined;
  readonly error?: unknown;
}

/** What is known of something thrown. */
export function troubleOf(error: unknown): Trouble {
  return { message: error instanceof Error ? error.message : String(error), error };
}

/** The `error` event, plain when there is nothing to tell. */
export function errorEventOf({ message, error }: Trouble): Event {
  if (message === undefined && error === undefined) return new events.Event("error");
  return new events.ErrorEvent("error", { message: message ?? "", error });
}
