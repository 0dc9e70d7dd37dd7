/** Where the sessions are. */
export const livePath = "/live";
/** Where a socket without a session is, for the laboratory: it answers and counts what it hears. */
export const plainPath = "/plain";
/** Where the echo server of the first tutorial is. */
export const echoPath = "/echo";

/** The same, by way of the network that can be broken. */
export const networked = {
  live: `/network${livePath}`,
  plain: `/network${plainPath}`,
  echo: `/network${echoPath}`,
} as const;

/** All of them: there is nothing there but sockets. */
export const socketPaths: ReadonlySet<string> = new Set([
  livePath,
  plainPath,
  echoPath,
  ...Object.values(networked),
]);
