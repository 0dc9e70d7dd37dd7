/** What a client saw. */
export interface Report {
  /** Events that were said. */
  readonly said: number;
  /** Those that the server has, says the client. */
  readonly delivered: number;
  /** Those that came back. */
  readonly echoed: number;
  readonly isInOrder: boolean;
  /** Calls with a wrong answer, or none. */
  readonly wrongCalls: number;
  /** Items of the stream, each once and in order. */
  readonly items: number;
  /** Links that were lost, and the session went on. */
  readonly resumed: number;
  /** Sessions that were. */
  readonly lost: number;
}

/** So many items the stream has. */
export const itemCount = 1_000;

/** What a report says that must not be. */
export function faultsOf(report: Report): readonly string[] {
  const { said, delivered, echoed, isInOrder, wrongCalls, items, resumed, lost } = report;
  return [
    said > 0 && delivered === said ? "" : `${delivered} of ${said} delivered`,
    echoed === said && isInOrder ? "" : `${echoed} of ${said} came back${isInOrder ? "" : ", out of order"}`,
    wrongCalls ? `${wrongCalls} calls went wrong` : "",
    items === itemCount ? "" : `${items} of ${itemCount} items`,
    resumed ? "" : "no link was lost",
    lost ? `${lost} sessions lost` : "",
  ].filter(Boolean);
}
