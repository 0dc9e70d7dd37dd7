/** As much of `Event` as a socket's events need, for runtimes without it. */
export class PlainEvent {
  readonly type: string;
  readonly target: unknown = null;
  readonly currentTarget: unknown = null;
  readonly bubbles: boolean = false;
  readonly cancelable: boolean;
  readonly isTrusted: boolean = false;
  readonly timeStamp: number = Date.now();
  defaultPrevented = false;
  /** `stopImmediatePropagation()` was called. */
  isStopped = false;

  constructor(type: string, init: EventInit = {}) {
    this.type = type;
    this.cancelable = !!init.cancelable;
  }

  preventDefault(): void {
    this.defaultPrevented = this.cancelable;
  }

  stopPropagation(): void {}

  stopImmediatePropagation(): void {
    this.isStopped = true;
  }
}
