import * as z from "zod/mini";

/** The server's answer was no. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, path: string) {
    super(`${path} was answered with ${status}`);
    this.status = status;
  }
}

/** Asks over HTTP, and takes no answer but one of that shape. @throws Refused, TypeError without a network */
export async function ask<S extends z.ZodMiniType>(
  shape: S,
  path: string,
  init?: RequestInit,
): Promise<z.output<S>> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Refused(response.status, path);
  return z.decode(shape, (await response.json()) as never);
}

/** Posts JSON, or nothing. */
export function posted(body?: object): RequestInit {
  if (!body) return { method: "POST" };
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
