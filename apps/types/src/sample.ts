// What stands under a user's cursor: the declarations of this file are committed, so that a change of them is seen.
import { createClient, type Tried } from "@holdfast/browser";
import { createServer } from "@holdfast/server";
import { mail, type User } from "./contract.ts";

export const client = createClient(mail, { url: "/live" });
export const echoed = client.call("echo", "hi");
export const joined = client.tryCall("join", "readers");
export const feed = client.stream("feed", { unread: true });
export const ticks = client.stream("ticks");
export const told = client.once("notification");
export const state = client.state;
export const lost = client.session.once("lost");
export const server = createServer(mail, { authenticate: (): { identity: User } | null => null });
export type Joined = Tried<(typeof mail)["fromClient"]["join"]>;
export const emit = client.emit<"publish">;
export const call = client.call<"join">;
export const stream = client.stream<"feed">;
