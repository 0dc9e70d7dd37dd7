import type { FaultProxy, FrameProxy } from "../../../testing/src/node.ts";
import { type SeededRandom, seededRandom } from "../../../testing/src/index.ts";

/** What may go wrong between real sockets. */
export type FaultName = keyof typeof tcpFaults | keyof typeof frameFaults;

/** Each does its worst again and again, at moments that the seed decides; returns how long to wait for the next one. */
export const tcpFaults: Readonly<
  Record<
    "reset" | "storm" | "halfOpen" | "blackhole" | "randomBytes",
    (proxy: FaultProxy, random: SeededRandom, strikes: number) => number
  >
> = {
  reset(proxy, random) {
    proxy.cut();
    return random.integer(80, 200);
  },
  storm(proxy, random) {
    proxy.cut();
    return random.integer(2, 60);
  },
  halfOpen(proxy, random) {
    proxy.halfOpen();
    return random.integer(250, 450);
  },
  blackhole(proxy, random, strikes) {
    // Long enough to be found, then a while to get on.
    if (strikes % 2 === 0) {
      proxy.blackhole();
      return random.integer(1_700, 1_900);
    }
    proxy.heal();
    proxy.cut();
    return random.integer(100, 200);
  },
  randomBytes(proxy, random) {
    // Small ones break handshakes, large ones the middle of a frame.
    proxy.cutAfter(Math.floor(300 * 500 ** random.next()));
    return random.integer(20, 80);
  },
};

/** Chances a message. Handshakes are let through: what they lose costs only time. */
export const frameFaults: Readonly<Record<"frames", (proxy: FrameProxy) => void>> = {
  frames(proxy) {
    proxy.drop(0.01);
    proxy.double(0.05);
    proxy.replay(0.05);
    proxy.reorder(0.01);
  },
};

/** Whether a message carries records: those are lost and doubled. */
export const carriesRecords = (text: string): boolean => /^\["(data|ack)"/.test(text);

/** Breaks a proxy again and again until it is told to stop; then everything is fine. */
export function torment(
  proxy: FaultProxy,
  fault: (proxy: FaultProxy, random: SeededRandom, strikes: number) => number,
  seed: number,
): () => void {
  const random = seededRandom(seed);
  let strikes = 0;
  let timer = setTimeout(strike, 50);
  function strike(): void {
    timer = setTimeout(strike, fault(proxy, random, strikes++));
  }
  return () => {
    clearTimeout(timer);
    proxy.heal();
  };
}
