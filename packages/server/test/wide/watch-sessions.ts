import { processActsUpon } from "./act.ts";
import { Line } from "./line.ts";
import type { Process } from "./process.ts";
import type { World } from "./world.ts";

/** In which phase each can be told. */
const before = { opened: [undefined], resumed: ["attached", "parked"], parked: ["attached"] } as const;

/** Writes down what a server tells of its sessions, and whether it can be. */
export function watchSessions(world: World, process: Process): void {
  const { ledger } = world;
  const { server } = process;
  for (const name of ["opened", "resumed", "parked"] as const) {
    server.on(name, ({ session }) => {
      const { id, identity } = session;
      const known = ledger.sessions.get(id);
      if (!(before[name] as readonly unknown[]).includes(known?.phase)) {
        ledger.complain(`${id} is ${name} when ${known?.phase}`);
      }
      const phase = name === "parked" ? "parked" : "attached";
      if (known) known.phase = phase;
      else {
        const line = new Line();
        const owner = identity.id;
        ledger.sessions.set(id, { owner, process: process.name, phase, heard: [], line, row: line.row });
      }
      processActsUpon(world, process, session);
    });
  }
  server.on("closed", ({ session, reason }) => {
    const known = ledger.sessions.get(session.id);
    if (known?.phase !== "attached" && known?.phase !== "parked") {
      return ledger.complain(`${session.id} is closed when ${known?.phase}`);
    }
    Object.assign(known, { phase: "closed", reason });
    if (session.phase !== "dead") ledger.complain(`${session.id} is closed and ${session.phase}`);
    processActsUpon(world, process, session);
  });
}
