// A handler in a file of its own.
import type { Handler } from "@holdfast/server";
import type { mail, User } from "./contract.ts";

export const join: Handler<typeof mail, "join", User> = async (room, { identity, session, fail }) => {
  if (room === "full") fail("FULL", { limit: identity.name.length });
  if (room === "shut") fail("SHUT");
  // @ts-expect-error the contract has no such error
  if (room === "lost") fail("LOST");
  // @ts-expect-error its data is a limit
  if (room === "odd") fail("FULL", { size: 1 });
  session.join(room);
};
