/**
 * Resolves when no promise reaction is ready any more: in a task of its own, before which the runtime empties its
 * microtask queue, however long the chain. A message is that task, because fake timers leave it alone and browsers
 * do not throttle it.
 */
export function turn(): Promise<void> {
  // Node's own types know it only as an emitter.
  const { port1, port2 } = new MessageChannel() as unknown as Readonly<Record<"port1" | "port2", Port>>;
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

interface Port {
  onmessage: (() => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}
