/** Counts what comes in one turn: a socket may hand over thousands of messages, and nobody can look at one in between. */
export function countTogether(): () => number {
  let count = 0;
  return () => {
    if (!count) void Promise.resolve().then(() => (count = 0));
    return ++count;
  };
}
