/** What pages say that go on, one after the other, with one session and those that follow it. */
export class Line {
  /** Tickets in the order of handing over. A session of which nobody knows any more may still be handed over something: then it is another one. */
  row: number[] = [];
  /** What a page that is gone has left to be said, and of which nobody has heard. */
  readonly left: Set<number> = new Set();
}

/** Whose text it is that a page has left. */
export function sessionIn(text: string): string {
  const { stored } = JSON.parse(text) as { readonly stored: { readonly key: { readonly id: string } } };
  return stored.key.id;
}
