import { events } from "./events/socket-event-target.ts";

/** What stands for the cause of an error that nobody explains, as in browsers. */
export const unknownCause = "";

/** The `error` event of what was thrown, rejected or told by a socket; plain where there is nothing to tell. */
export function errorEvent(cause: unknown): Event {
  const { message = cause, error = cause } = Object(cause) as { message?: unknown; error?: unknown };
  return cause === unknownCause
    ? new events.Event("error")
    : new events.ErrorEvent("error", { message: String(message), error });
}
