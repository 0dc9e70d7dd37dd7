import { randomBytes, randomUUID } from "node:crypto";
import { sign, verify } from "hono/jwt";
import { JwtTokenExpired } from "hono/utils/jwt/types";
import * as z from "zod/mini";
import type { Store } from "./store.ts";

/** Who somebody is: a person, one of our services, or a comparison of polling and socket that runs on a page. */
export const Holder = z.object({
  name: z.string(),
  role: z.enum(["person", "service", "comparison"]),
  /** Which sign-in of a person it came from. */
  login: z.optional(z.string()),
});
export type Holder = z.output<typeof Holder>;

/** Whose token it is, and until when. */
export interface Held {
  readonly holder: Holder;
  readonly expiresAt: number;
}

/** A holder's word for a while. */
export interface Token {
  readonly token: string;
  readonly expiresInMs: number;
}

const algorithm = "HS256";

/** Who may do what: long sign-ins in the store, which end when their owner says so, and short tokens made from them. */
export class SignIn {
  readonly #store: () => Store;
  readonly #tokenLifeMs: number;
  readonly #secret: string;

  /** @param store - is asked each time: a restart opens another */
  constructor(store: () => Store, tokenLifeMs: number) {
    this.#store = store;
    this.#tokenLifeMs = tokenLifeMs;
    this.#secret = store().secret(() => randomBytes(32).toString("hex"));
  }

  /** What cookies are signed with. */
  get secret(): string {
    return this.#secret;
  }

  /** A new sign-in. */
  enter(name: string): string {
    const login = randomUUID();
    this.#store().addLogin(login, name);
    return login;
  }

  /** Ends all sign-ins of that name, and every token made from them. */
  leave(name: string): void {
    this.#store().dropLogins(name);
  }

  /** Whose sign-in it is, unless it has ended. */
  person(login: string): Holder | undefined {
    const name = this.#store().login(login);
    return name === undefined ? undefined : { name, role: "person", login };
  }

  /** A token for a while. */
  async token(holder: Holder, lifeMs: number = this.#tokenLifeMs): Promise<Token> {
    const exp = (Date.now() + lifeMs) / 1000;
    return { token: await sign({ ...holder, exp }, this.#secret, algorithm), expiresInMs: lifeMs };
  }

  /** Whose token it is. `"expired"`: it was somebody's, until it was too old or its sign-in ended; nobody's if it is no token of ours. */
  async holder(token: string): Promise<Held | "expired" | undefined> {
    try {
      const payload = await verify(token, this.#secret, algorithm);
      const holder = Holder.parse(payload);
      if (holder.role === "person" && this.person(holder.login ?? "")?.name !== holder.name) return "expired";
      return { holder, expiresAt: Number(payload.exp) * 1000 };
    } catch (error) {
      return error instanceof JwtTokenExpired ? "expired" : undefined;
    }
  }
}
