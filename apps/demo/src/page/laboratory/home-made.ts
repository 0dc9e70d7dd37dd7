const redialMs = 1_000;

/** The reconnecting socket that everybody has written once: it queues while it is down, and dials again after a second. */
export class HomeMade {
  readonly #url: string;
  readonly #onNumber: (n: number) => void;
  readonly #queue: number[] = [];
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, onNumber: (n: number) => void) {
    this.#url = url;
    this.#onNumber = onNumber;
    this.#connect();
  }

  send(n: number): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ n }));
    else this.#queue.push(n);
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  close(): void {
    clearTimeout(this.#timer);
    if (!this.#socket) return;
    this.#socket.onclose = null;
    this.#socket.close();
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      for (const n of this.#queue.splice(0)) this.send(n);
    };
    socket.onmessage = ({ data }) => this.#onNumber((JSON.parse(String(data)) as { n: number }).n);
    socket.onclose = () => {
      this.#timer = setTimeout(() => this.#connect(), redialMs);
    };
  }
}
