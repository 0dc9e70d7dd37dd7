import { peerNamed } from "../peers/peers.ts";
import { races } from "../races.ts";
import { startServer } from "./remote.ts";

// The load's process: starts the server's, prepares a race, runs a round whenever it is told to, ends with who started it.
const [key = "", name = "", share = "1"] = process.argv.slice(2);
const race = races[key];
if (!race) throw new Error(`no race ${key}`);
const peer = peerNamed(name);
const server = await startServer(name, race.serverFlags);
process.on("disconnect", () => process.exit());
const round = await race.prepare({
  server,
  dial: (hear, maxBackoffMs) => peer.dial(server.url, hear, maxBackoffMs),
  share: Number(share),
});
process.on("message", async () => process.send?.(await round()));
process.send?.("ready");
