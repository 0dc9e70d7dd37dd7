import {
  encode,
  End,
  type EndLimits,
  frameOverheadBytes,
  type Kept,
  type Outgoing,
  type WireRecord,
} from "@holdfast/core/session";

/** What a server's end bears. */
export interface ServerEndLimits extends EndLimits {
  /** Handlers of events that run at a time; above that, handing over stops. */
  readonly handlersInFlight: number;
}

/** What asks, by the names of the protocol. */
export type AskKind = "call" | "open";

/** An end whose peer may be another page than before, PROTOCOL.md section 6.6, and may say more than its handlers can keep up with. */
export class ServerEnd extends End {
  readonly #bears: ServerEndLimits;
  /** Handlers of events that have begun and are not through: who runs them counts. */
  running = 0;
  /** Whether a call for which there is no slot waits for one, and what is behind it too, instead of being refused. */
  isPatient = false;
  /** What was refused last for want of a slot, until somebody has looked. */
  refused: AskKind | undefined;
  /** The largest record that the client takes, if it has come back and takes another size than before. */
  #mostBytes = Infinity;

  constructor(limits: ServerEndLimits) {
    super(limits);
    this.#bears = limits;
  }

  /** As many handlers of events run as may. */
  get isBusy(): boolean {
    return this.running >= this.#bears.handlersInFlight;
  }

  /** The next record to be handed over. */
  peek(): WireRecord | undefined {
    return this.inbox.peek();
  }

  override take(): WireRecord | undefined {
    const kind = this.peek()?.[0];
    // An answer that a handler waits for must not wait for that handler.
    if (kind === "event" && this.isBusy) return undefined;
    if ((kind === "call" || kind === "open") && this.slotsLeft(kind) <= 0) {
      if (this.isCrowded) return undefined;
      this.refused = kind;
    }
    return super.take();
  }

  /** Whether a call waits for a slot. */
  get isCrowded(): boolean {
    return this.isPatient && this.peek()?.[0] === "call" && this.slotsLeft("call") <= 0;
  }

  /** Bytes of answers that wait for room. */
  get lateBytes(): number {
    return this.late.reduce((bytes, late) => bytes + late.bytes, 0);
  }

  /** From now on no record is larger. What waits and is withdrawn for that; an answer that waits for room is replaced when it finds some. */
  limit(maxRecordBytes: number): readonly Outgoing[] {
    this.#mostBytes = maxRecordBytes;
    return this.withdrawLarger(maxRecordBytes + frameOverheadBytes);
  }

  /** Whether what was written before is larger than may be written again. */
  get isTooLarge(): boolean {
    return this.remains.kept.some(({ record }) => record.bytes > this.#mostBytes);
  }

  override push(record: Outgoing, wasTaken?: boolean): boolean {
    if (record.bytes <= this.#mostBytes || record.kind !== "answer") return super.push(record, wasTaken);
    const [, id] = JSON.parse(record.text) as [string, number];
    const text = encode(["error", id, { code: "TOO_LARGE", message: `${record.bytes} bytes` }]);
    return super.push({ ...record, text, bytes: text.length }, wasTaken);
  }

  /** Whether the client waits for the answer to a call. */
  get isAnswering(): boolean {
    return this.#calls > 0;
  }

  /** Whether all that arrived was handed over, and all that was said is on its way. */
  get isThrough(): boolean {
    return this.peek() === undefined && this.isIdle && this.lateBytes === 0;
  }

  /** Who was asked is gone, and the session is not: what nobody will answer. */
  abandon(): readonly Kept[] {
    const inOutbox = new Set(this.remains.kept.map(({ record }) => record.ticket));
    return this.asks.leave([]).map((kept) => {
      const { record } = kept;
      if (!inOutbox.has(record.ticket)) return kept;
      // Taken back, or the new page hears that nobody waits.
      this.asks.add(record, 0);
      return { record, offset: this.cancel(record.ticket) ? undefined : 0 };
    });
  }

  /** Who asked is gone, and the session is not: nothing is answered any more. */
  dismiss(): void {
    for (const id of this.duties.open.keys()) this.duties.cancel(id);
  }

  /** How many more of the client's calls may be open, or of its streams. */
  slotsLeft(kind: AskKind): number {
    const { callsInFlight, streams } = this.#bears;
    return kind === "open" ? streams - this.duties.streams : callsInFlight - this.#calls;
  }

  /** The client's calls that are not settled. */
  get #calls(): number {
    return this.duties.open.size - this.duties.streams;
  }
}
