import type { Race } from "./race/race.ts";
import { callsInFlight, callsInTurn } from "./scenarios/calls.ts";
import { comeback } from "./scenarios/comeback.ts";
import { core } from "./scenarios/core.ts";
import { fanOut } from "./scenarios/fan-out.ts";
import { herd } from "./scenarios/herd.ts";
import { idle } from "./scenarios/idle.ts";
import { down, up } from "./scenarios/one-way.ts";
import { stalled } from "./scenarios/stalled.ts";
import { storm } from "./scenarios/storm.ts";
import { streams } from "./scenarios/streams.ts";

const json = "ws + JSON";

/** Every race by the name it is asked for. Ours is typed, validated at both ends and acknowledged. */
export const races: Readonly<Record<string, Race>> = {
  "up-200": up(200, 100_000, 500, [
    { times: 3, of: json },
    { times: 3.3, of: "Socket.IO" },
  ]),
  "down-200": down(200, 100_000, 500, [
    { times: 3, of: json },
    { times: 3.3, of: "Socket.IO" },
  ]),
  "up-200-lone": up(200, 20_000, 1, [{ times: 0.9, of: json }]),
  "down-200-lone": down(200, 20_000, 1, [{ times: 0.9, of: json }]),
  "up-4k": up(4_000, 16_000, 25, [{ times: 1, of: json }]),
  "down-4k": down(4_000, 16_000, 25, [{ times: 1, of: json }]),
  "calls-64": callsInFlight(64, 30_000, [
    { times: 1.4, of: json },
    { times: 5, of: "tRPC ws" },
  ]),
  "calls-1": callsInTurn(3_000, [{ times: 1.1, of: "ws + JSON + zod" }]),
  streams: streams(20_000, [{ times: 1, of: "tRPC ws" }]),
  "fan-out-1": fanOut(1_000, 50, 1, [
    { times: 1, of: "Socket.IO" },
    { times: 0.9, of: json },
  ]),
  "fan-out-64": fanOut(1_000, 256, 64, [{ times: 4, of: "Socket.IO" }]),
  "idle-5000": idle(5_000, 10_000, { rss: [], cpu: [] }),
  "idle-10000": idle(10_000, 30_000, { rss: [{ limit: 9 }], cpu: [{ limit: 1.5 }] }),
  "idle-10000-lean": idle(10_000, 30_000, { rss: [{ limit: 9 }], cpu: [] }, ["--max-semi-space-size=4"]),
  // Two seconds, and the longest wait of the second attempt: the first may have met the closed door.
  comeback: comeback(2_000, [{ limit: 3_000 }]),
  // The bounds of both outboxes are 1 MB of text, of a window 256 KB; in memory a record is more than its text.
  stalled: stalled(10_000, [{ limit: 4 }]),
  // Four fifths of the first window of the backoff.
  herd: herd(64, [{ limit: 400 }]),
  storm: storm(2_000, [{ limit: 2 }]),
  core: core(200_000),
};

/** What a short run has: one of each kind. */
export const shortRaces: readonly string[] = [
  "up-200",
  "down-4k",
  "calls-64",
  "calls-1",
  "herd",
  "stalled",
  "core",
];
