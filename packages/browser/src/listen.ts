/** Listens where one can, and returns the undo. React Native has a global object that cannot be listened to. */
export function listen(
  target: EventTarget | undefined,
  type: string,
  hear: (event: Event) => void,
): () => void {
  target?.addEventListener?.(type, hear);
  return () => target?.removeEventListener?.(type, hear);
}

/** Whether a page comes back from, or goes into, the cache of pages. */
export function isKept(event: Event): boolean {
  return (event as PageTransitionEvent).persisted;
}
