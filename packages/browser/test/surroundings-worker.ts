import type { Hint } from "@holdfast/core";
import { pageSurroundings } from "../src/surroundings.ts";

const hints: Hint[] = [];
const undo = pageSurroundings().watch((hint) => hints.push(hint));
for (const type of ["offline", "online", "pagehide", "freeze"]) dispatchEvent(new Event(type));
undo();
dispatchEvent(new Event("online"));
postMessage(hints);
