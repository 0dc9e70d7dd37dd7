import { type Client, createClient } from "@holdfast/node";
import * as z from "zod/mini";
import { Comparison, Page } from "../src/shared/comparison.ts";
import { contract } from "../src/shared/contract.ts";
import { TokenAnswer } from "../src/shared/credential.ts";
import { type Draft, Published } from "../src/shared/notification.ts";
import { patience } from "../src/shared/patience.ts";
import { type Fault, Network } from "../src/shared/settings.ts";
import { networked } from "../src/shared/socket-paths.ts";

/** A connection that is kept may be closed by the server just when something is asked over it, above all by one that was killed. */
const once = { connection: "close" };

/** Somebody who signed in over HTTP, as `curl` does, and not through a page. */
export class Person {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  /** @param url - the demo's */
  static async signIn(url: string, name: string): Promise<Person> {
    const body = JSON.stringify({ name });
    const response = await fetch(new URL("/api/sign-in", url), { method: "POST", body, headers: once });
    if (!response.ok) throw new Error(`the sign-in was answered with ${response.status}`);
    return new Person(url, response.headers.get("set-cookie")?.split(";")[0] ?? "");
  }

  /** Connects over a session, through the demo's network. */
  enter(page: string): Client<typeof contract> {
    return createClient(contract, {
      ...patience,
      url: new URL(networked.live, this.#url),
      credential: async () => ({ token: await this.token(), page }),
      log: "off",
    });
  }

  /** For a credential. */
  async token(): Promise<string> {
    return (await this.#ask(TokenAnswer, "/api/token")).token;
  }

  /** What changed after that revision. */
  notificationsAfter(revision: number): Promise<Page> {
    return this.#ask(Page, `/api/notifications?after=${revision}`);
  }

  /** Publishes it, for everybody unless it says for whom. */
  async publish(draft: Draft): Promise<void> {
    await this.#ask(Published, "/api/notifications", { method: "POST", body: draft });
  }

  /** Begins to compare polling with a socket. */
  compare(): Promise<Comparison> {
    return this.#ask(Comparison, "/api/comparison", { method: "POST" });
  }

  /** Breaks the network, or the server. */
  cause(fault: Fault): Promise<Network> {
    return this.#ask(Network, `/api/fault/${fault}`, { method: "POST" });
  }

  async #ask<S extends z.ZodMiniType>(
    shape: S,
    path: string,
    { method = "GET", body }: { readonly method?: string; readonly body?: unknown } = {},
  ): Promise<z.output<S>> {
    const response = await fetch(new URL(path, this.#url), {
      method,
      headers: { ...once, cookie: this.#cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    return z.decode(shape, (await response.json()) as never);
  }
}
