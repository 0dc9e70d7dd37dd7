import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Sorry } from "../sorry.ts";

/** Where the demo listens unless it is told otherwise. */
export const usualPort = 4600;

/** Listens on 127.0.0.1 and gives the port. Without one it takes the usual, or when that is taken any that is free. @throws Sorry */
export async function listen(server: Server, port?: number): Promise<number> {
  const code = await tryPort(server, port ?? usualPort);
  if (code && port !== undefined) throw new Sorry(sorry(port, code));
  if (code) await tryPort(server, 0);
  return (server.address() as AddressInfo).port;
}

async function tryPort(server: Server, port: number): Promise<string | undefined> {
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function sorry(port: number, code: string): string {
  return code === "EADDRINUSE"
    ? `Port ${port} is in use: stop what listens there, or choose another with --port`
    : `Port ${port} cannot be used (${code}): choose another with --port`;
}
