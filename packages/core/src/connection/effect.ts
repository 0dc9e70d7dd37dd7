/**
 * What a connection wants done, in a word; the particulars are in the state that comes with it.
 *
 * - `dial`: ask the providers, then open a socket; tell `opened` or `lost`.
 * - `greet`: run `greet` on the open socket, then tell `greeted` or `lost`.
 * - `flush`: write what waited in the outbox.
 * - `ping`: write a ping.
 * - `hangUp`: start the closing handshake, with the code of `closing` or 1000.
 * - `abandon`: detach from the link and drop it, whatever it is doing; never wait for its close event.
 * - `judge`: ask the user's verdict and backoff, then tell `judged`.
 */
export type Effect = "dial" | "greet" | "flush" | "ping" | "hangUp" | "abandon" | "judge";
