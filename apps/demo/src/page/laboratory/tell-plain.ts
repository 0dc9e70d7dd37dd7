/** What can be known of a socket without a session. */
export interface PlainTold {
  readonly lost: number;
  readonly unanswered: number;
  /** Whether they have been without an answer for long. */
  readonly isLong: boolean;
  /** What the socket believes. */
  readonly isOpen: boolean;
}

/** The ledger without a session in a sentence or three. */
export function tellPlain({ lost, unanswered, isLong, isOpen }: PlainTold): string {
  const sentences = [];
  if (lost) sentences.push(`${lost} ${lost === 1 ? "is" : "are"} gone, and nobody was told.`);
  const have = `${unanswered} ${unanswered === 1 ? "has" : "have"} no answer`;
  if (isLong) sentences.push(`${have}: on their way or gone, and this socket cannot tell.`);
  else if (!lost) sentences.push(`Nothing is lost so far${unanswered ? `; ${have} yet` : ""}.`);
  if (!isOpen) sentences.push("It has no link, as far as it knows.");
  else if (isLong) sentences.push("It believes its link is open.");
  return sentences.join(" ");
}
