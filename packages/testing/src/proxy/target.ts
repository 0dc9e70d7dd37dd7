/** Where a proxy leads: a url (its host and port are used), or host and port. */
export type Target = string | URL | { readonly host: string; readonly port: number };

/** A target, taken apart. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** What a url through the proxy begins with. */
  readonly scheme: string;
  /** What it ends with if nothing else is said. */
  readonly path: string;
}

const portOf: Readonly<Record<string, number>> = {
  "ws:": 80,
  "http:": 80,
  "wss:": 443,
  "https:": 443,
};

/**
 * Takes a target apart.
 *
 * @throws TypeError for a string that is no url with a host and a port.
 */
export function addressOf(target: Target): Address {
  if (typeof target === "object" && "port" in target && typeof target.port === "number") {
    return { host: target.host, port: target.port, scheme: "ws:", path: "/" };
  }
  const { protocol, hostname, port, pathname, search } = new URL(String(target));
  const number = Number(port) || portOf[protocol];
  if (!hostname || !number) throw new TypeError(`the proxy needs a host and a port, not ${String(target)}`);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return { host, port: number, scheme: protocol, path: pathname + search };
}
