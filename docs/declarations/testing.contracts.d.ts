/// <reference lib="esnext.disposable" />
import { Clock, Data, DialRequest, Link, LinkListener, Transport } from "@holdfast/core/driver";
/**
 * Declares the tests that every clock passes: each MUST of its port.
 * The clock has to run by itself; a virtual one needs somebody who advances it.
 */
declare function clockContract(name: string, make: () => Clock): void;
/** What a transport is tested with. */
interface TransportSetup {
  /** Makes the transport under test; called once a test. */
  readonly transport: () => Transport;
  /** A server that echoes; `close:CODE:REASON` makes it close, `cut` makes it drop the socket. */
  readonly echoUrl: () => string;
  /** A loopback port that nobody listens on. */
  readonly refusedUrl: () => string;
}
/**
 * Declares the tests that every transport passes: each MUST of its port.
 * That nothing reaches the host program on the side is vitest's to see: it fails a run for what nobody caught.
 */
declare function transportContract(name: string, setup: TransportSetup): void;
export { type TransportSetup, clockContract, transportContract };
