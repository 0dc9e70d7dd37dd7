import type { Agent } from "node:http";
import type { ConnectionOptions, SecureContextOptions } from "node:tls";
import type { Provided } from "@holdfast/core";
import type { PerMessageDeflateOptions } from "ws";

/** How to trust the server and be trusted by it: as for `tls.connect`. */
export type TlsOptions = SecureContextOptions &
  Pick<ConnectionOptions, "rejectUnauthorized" | "servername" | "checkServerIdentity">;

/** What sockets to dial with. */
export interface NodeTransportOptions {
  /** Whom to trust, and who we are: a CA, a certificate and its key. */
  readonly tls?: TlsOptions | undefined;
  /** A proxy's agent, say. Its own TLS options win over `tls`. */
  readonly agent?: Agent | undefined;
  /** @defaultValue `false`: compression costs memory and time for every message */
  readonly perMessageDeflate?: boolean | PerMessageDeflateOptions | undefined;
  /** A larger message ends the link with 1009. @defaultValue 100 MiB; of `createClient` the 1 MiB that it tells its server, and not less */
  readonly maxPayloadBytes?: number | undefined;
  /** Whether the process may end while the link is open. @defaultValue `false` */
  readonly unref?: boolean | undefined;
}

/** What only Node can do. */
export interface NodeOptions extends NodeTransportOptions {
  /** Sent with every upgrade. */
  readonly headers?: Provided<Readonly<Record<string, string>>> | undefined;
}
