/** One rule taken out of the code, in which the simulation has to see it missing. */
export interface Mutation {
  readonly rule: string;
  /** Below `packages/`. */
  readonly file: string;
  readonly edits: readonly (readonly [from: string, to: string])[];
  /** Seen only by the lives of whole pages and servers. */
  readonly isWide?: true;
}

export const mutations: readonly Mutation[] = [
  {
    rule: "the duplicate check",
    file: "core/src/session/inbox.ts",
    edits: [
      [
        "const fresh = offset + records.length - 1 - this.#arrived;",
        "offset = this.#arrived + 1; const fresh = records.length;",
      ],
    ],
  },
  {
    rule: "the gap check",
    file: "core/src/session/inbox.ts",
    edits: [
      ['if (offset > this.#arrived + 1) return "gap";', "offset = Math.min(offset, this.#arrived + 1);"],
    ],
  },
  {
    rule: "the ack bound",
    file: "core/src/session/outbox.ts",
    edits: [
      [
        " || offset > this.#sent) return undefined",
        ") return undefined; offset = Math.min(offset, this.#sent)",
      ],
    ],
  },
  {
    rule: "the generation fence",
    file: "server/src/engine/server-session.ts",
    edits: [["if (!this.isOn(linkId)) return undefined;", ""]],
  },
  {
    rule: "the outbox that exists from the start",
    file: "core/src/session/outbox.ts",
    edits: [["this.#cursor = this.#acked;", "this.#cursor = this.#sent;"]],
  },
  {
    rule: "the position that moves before the handler",
    file: "core/src/session/inbox.ts",
    edits: [
      [
        "if (!this.#first) return undefined;",
        "this.#position += this.late ?? 0; this.late = 0; if (!this.#first) return undefined; this.late = 1;",
      ],
      ["++this.#position - offset", "this.#position + 1 - offset"],
      ["this.#position + 1 === offset", "this.#position + 2 === offset"],
    ],
  },
  {
    rule: "the newest dial",
    file: "server/src/engine/sessions.ts",
    edits: [["hello.attempt <= session.attempt", "false"]],
  },
  {
    rule: "the token that stays good until the next is known to have arrived",
    file: "server/src/engine/sessions.ts",
    edits: [["session.rotate(fresh.tokenHash, tokenHash);", "session.rotate(fresh.tokenHash, undefined);"]],
  },
  {
    rule: "the ask that is kept beyond its ack",
    file: "core/src/engine/asks.ts",
    edits: [["const all = [...answerless, ...", "const all = [...[], ..."]],
  },
  {
    rule: "what is withdrawn only if it was never written",
    file: "core/src/session/outbox.ts",
    edits: [["let index = this.#sent - this.#base;", "let index = this.#acked - this.#base;"]],
  },
  {
    rule: "what may be sent again only if it is idempotent or never arrived",
    file: "core/src/session/lost.ts",
    edits: [["else if (idempotent || ", "else if (true || "]],
  },
  {
    rule: "the bound of the outbox",
    file: "core/src/session/outbox.ts",
    edits: [["if (!wasTaken && this.#bytes + record.bytes > this.#maxBytes) return false;", ""]],
  },
  {
    rule: "the page that came back and may not go on with what another one has taken",
    file: "core/src/client/page-keeper.ts",
    edits: [["now === kept || now === undefined", "true"]],
    isWide: true,
  },
  {
    rule: "what was found and not used, and is left for the next page",
    file: "core/src/client/page-keeper.ts",
    edits: [["if (kept && isUnused) (store as SessionStore).put(kept);", ""]],
    isWide: true,
  },
  {
    rule: "the session that whoever closes leaves to nobody",
    file: "core/src/client/client-shell.ts",
    edits: [['next.phase === "ended" || next.phase === "closing"', 'next.phase === "ended"']],
    isWide: true,
  },
  {
    rule: "the page that goes and writes nothing any more",
    file: "core/src/client/client-shell.ts",
    edits: [["!keeper.keeps() && driver", "driver"]],
    isWide: true,
  },
  {
    rule: "whose a session was that the server has forgotten",
    file: "core/src/engine/client-engine.ts",
    edits: [['isOurs ? reason : "identity"', "reason"]],
    isWide: true,
  },
  {
    rule: "whose a session is",
    file: "server/src/engine/sessions.ts",
    edits: [["(session ?? stone)?.identityId !== identityId", "false"]],
    isWide: true,
  },
  {
    rule: "the handlers that end with the page that asked",
    file: "server/src/shell/hub.ts",
    edits: [['session.abort("the page that asked is gone");', ""]],
    isWide: true,
  },
  {
    rule: "the asks that end with the page that was asked",
    file: "server/src/shell/hub.ts",
    edits: [["session.restart();", ""]],
    isWide: true,
  },
  {
    rule: "who is not told",
    file: "server/src/shell/audience.ts",
    edits: [["new Set(this.#except)", "new Set<string>()"]],
    isWide: true,
  },
  {
    rule: "who left a room",
    file: "server/src/shell/audience.ts",
    edits: [["members?.delete(session);", ""]],
    isWide: true,
  },
];
