/** As much of `Event` as a socket's events need, for runtimes without it. */
export class PlainEvent {
  readonly type: string;
  readonly target: unknown = null;
  readonly currentTarget: unknown = null;
  readonly defaultPrevented = false;
  /** `stopImmediatePropagation()` was called. */
  isStopped = false;

  constructor(type: string) {
    this.type = type;
  }

  /** None of a socket's events can be cancelled. */
  preventDefault(): void {}

  stopPropagation(): void {}

  stopImmediatePropagation(): void {
    this.isStopped = true;
  }
}
