import { peers } from "./peers.ts";

// The server's process: serves what its first argument names, prints where, ends with its input.
const peer = peers.find(({ name }) => name === process.argv[2]);
if (!peer) throw new Error(`no peer ${process.argv[2]}`);
console.log(await peer.serve());
process.stdin.resume().on("end", () => process.exit(0));
