/** What comes by call-back, as something to read. */
export async function* queued(
  start: (item: (item: unknown) => void, end: () => void) => void,
): AsyncGenerator {
  let items: unknown[] = [];
  let isOver = false;
  let wake = (): void => {};
  start(
    (item) => {
      items.push(item);
      wake();
    },
    () => {
      isOver = true;
      wake();
    },
  );
  for (;;) {
    const batch = items;
    items = [];
    yield* batch;
    if (items.length) continue;
    if (isOver) return;
    await new Promise<void>((resolve) => (wake = resolve));
  }
}
