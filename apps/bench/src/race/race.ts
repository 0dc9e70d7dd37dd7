import type { PeerClient } from "../peers/peer.ts";
import type { Chat } from "../peers/chat.ts";
import type { Remote } from "./remote.ts";

/** What ours must reach: a limit, or so many times what a peer reaches in the same run. */
export type Must = { readonly limit: number } | { readonly times: number; readonly of: string };

/** One figure of a race. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly better: "more" | "less";
  readonly musts?: readonly Must[];
  /** It is about nothing, give or take: how far a round is from the median tells nothing of noise. */
  readonly isAboutNothing?: boolean;
}

/** What the load's process gives to a scenario. */
export interface Stage {
  /** The server's process. */
  readonly server: Remote;
  dial(hear?: (message: Chat) => void, maxBackoffMs?: number): Promise<PeerClient>;
  /** Of what a full run does; less in a short one. */
  readonly share: number;
}

/** One round, measured: by figure. */
export type Measured = Readonly<Record<string, number>>;

/** Who is how fast: every peer in its own pair of processes, round by round in turn. */
export interface Race {
  readonly title: string;
  /** In the order they are shown; ours first. */
  readonly peers: readonly string[];
  readonly figures: Readonly<Record<string, Figure>>;
  readonly rounds: number;
  /** Every round in new processes, for what is not warm again. */
  readonly isFresh?: boolean;
  /** No matter of speed: also a short run does all of it, and has to reach all of what it must. */
  readonly isExact?: boolean;
  /** What the server's Node is told. */
  readonly serverFlags?: readonly string[];
  /** Prepares, in the load's process, and returns what a round does. */
  prepare(stage: Stage): Promise<() => Promise<Measured>>;
}
