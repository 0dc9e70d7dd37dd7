/** What a socket of this page did. */
export type Tapped =
  | { readonly kind: "dialed" | "opened"; readonly link: number }
  | { readonly kind: "ended"; readonly link: number; readonly code: number }
  | { readonly kind: "sent" | "received"; readonly link: number; readonly data: unknown };

/**
 * Puts a tap on every WebSocket that this page dials from now on: `createClient` looks the global class up at every dial.
 * `only` says of which URLs to tell.
 */
export function tapSockets(only: (url: string) => boolean, tell: (what: Tapped) => void): void {
  let links = 0;
  globalThis.WebSocket = class extends WebSocket {
    readonly #tell: (what: Tapped) => void;
    readonly #link: number;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      const isOurs = only(String(url));
      const link = isOurs ? ++links : 0;
      this.#link = link;
      this.#tell = isOurs ? tell : () => {};
      this.#tell({ kind: "dialed", link });
      this.addEventListener("open", () => this.#tell({ kind: "opened", link }));
      this.addEventListener("message", ({ data }) => this.#tell({ kind: "received", link, data }));
      this.addEventListener("close", ({ code }) => this.#tell({ kind: "ended", link, code }));
    }

    override send(data: Parameters<WebSocket["send"]>[0]): void {
      this.#tell({ kind: "sent", link: this.#link, data });
      super.send(data);
    }
  };
}
