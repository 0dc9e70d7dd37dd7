import { type HttpBindings } from "@hono/node-server";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import * as z from "zod/mini";
import { Comparison, Page, Run, Standing } from "../shared/comparison.ts";
import { Me, TokenAnswer } from "../shared/credential.ts";
import { Draft, Name, Published } from "../shared/notification.ts";
import { Fault, Network, PlainCount, Settings } from "../shared/settings.ts";
import type { Comparisons } from "./comparisons.ts";
import type { Meter } from "./meter.ts";
import type { BreakableNetwork } from "./network.ts";
import type { Plain } from "./plain.ts";
import { publish } from "./publish.ts";
import type { Holder, SignIn } from "./sign-in.ts";
import type { Store } from "./store.ts";

/** What the API is about. */
export interface ApiParts {
  /** Is asked each time: a restart opens another. */
  readonly store: () => Store;
  readonly signIn: SignIn;
  readonly meter: Meter;
  readonly comparisons: Comparisons;
  readonly network: BreakableNetwork;
  readonly plain: Plain;
  readonly origins: readonly string[];
  /** Where mails are dropped. */
  readonly mailFolder: string;
  /** The server ends and begins anew; clients are given so long to leave before. */
  readonly restart: (drainWithinMs: number) => Promise<void>;
  /** Tells all pages of a person that they are signed out. */
  readonly signOut: (name: string) => void;
}

type Env = { Bindings: HttpBindings; Variables: { holder: Holder } };

const cookie = "holdfast-demo";
const monthSeconds = 30 * 24 * 3_600;
const maxBodyBytes = 64 * 1024;
const pageLength = 200;
/** A deploy that one waits for has half a minute. */
const deployWithinMs = 4_000;

/** The same data over plain HTTP, for whoever polls and for `curl`; signing in; and the network's buttons. */
export function createApi(parts: ApiParts): Hono<Env> {
  const { store, signIn, meter, comparisons, network, plain } = parts;
  const api = new Hono<Env>().basePath("/api");
  // Nothing else: what JSON has no use for would make polling look dear beside the socket.
  api.use(async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
  });
  api.use(bodyLimit({ maxSize: maxBodyBytes, onError: (c) => c.json({ error: "too much" }, 413) }));
  api.use(onlyOwnPages(parts.origins));
  api.notFound((c) => c.json({ error: "no such thing" }, 404));
  api.onError((error, c) => {
    if (error instanceof z.core.$ZodError)
      return c.json({ error: "not understood", issues: error.issues }, 400);
    if (error instanceof SyntaxError) return c.json({ error: "not JSON" }, 400);
    console.error(error);
    return c.json({ error: "our fault" }, 500);
  });

  api.get("/demo", (c) =>
    c.json(z.encode(Settings, { mailFolder: parts.mailFolder, network: network.condition })),
  );
  api.get("/me", async (c) => c.json(z.encode(Me, { name: (await signedIn(c))?.name ?? null })));
  api.post("/sign-in", async (c) => {
    const { name } = z.object({ name: Name }).parse(await c.req.json());
    const options = { httpOnly: true, sameSite: "Strict", path: "/", maxAge: monthSeconds } as const;
    await setSignedCookie(c, cookie, signIn.enter(name), signIn.secret, options);
    return c.json(z.encode(Me, { name }));
  });

  /** Everything from here on is for whoever is signed in, by cookie or token. */
  api.use(async (c, next) => {
    const holder = await signedIn(c);
    if (!holder) return c.json({ error: "sign in first: POST /api/sign-in with a name" }, 401);
    meter.attribute(c.env.incoming, holder.name);
    c.set("holder", holder);
    return next();
  });
  api.post("/sign-out", (c) => {
    const { name } = c.get("holder");
    deleteCookie(c, cookie);
    signIn.leave(name);
    parts.signOut(name);
    return c.json({});
  });
  api.get("/token", async (c) => {
    const holder = c.get("holder");
    return c.json(z.encode(TokenAnswer, { name: holder.name, ...(await signIn.token(holder)) }));
  });
  api.get("/notifications", (c) => {
    const { name } = c.get("holder");
    const asked = z
      .optional(z.string().check(z.regex(/^\d{1,15}$/, "the revision of an answer before")))
      .parse(c.req.query("after"));
    const after = asked === undefined ? undefined : Number(asked);
    // Who knows more than the store knew another one.
    const isNew = after === undefined || after > store().revision;
    const found = isNew ? store().latest(name, pageLength) : store().after(name, after, pageLength);
    meter.attribute(c.env.incoming, name, found.length === 0);
    // With nothing found there may be changes that are not for this reader; with a full page there may be more.
    const revision = !isNew && found.length === pageLength ? (found.at(-1)?.revision ?? 0) : store().revision;
    return c.json(z.encode(Page, { notifications: [...found], revision }));
  });
  api.post("/notifications", async (c) => {
    const published = publish(store(), c.get("holder"), Draft.parse(await c.req.json()));
    return c.json(z.encode(Published, published), published.known ? 200 : 201);
  });

  api.post("/comparison", async (c) => c.json(z.encode(Comparison, await comparisons.begin()), 201));
  api.post("/comparison/:id/run", async (c) => {
    const isRunning = comparisons.run(c.req.param("id"), Run.parse(await c.req.json()));
    return isRunning ? c.json({}, 202) : c.notFound();
  });
  api.get("/comparison/:id", (c) => {
    const standing = comparisons.standing(c.req.param("id"));
    return standing ? c.json(z.encode(Standing, standing)) : c.notFound();
  });
  api.delete("/comparison/:id", async (c) => {
    await comparisons.end(c.req.param("id"));
    return c.json({});
  });

  api.get("/plain/:page", (c) => c.json(z.encode(PlainCount, plain.count(c.req.param("page")))));
  api.post("/fault/:fault", async (c) => {
    const fault = Fault.safeParse(c.req.param("fault"));
    if (!fault.success) return c.notFound();
    if (fault.data === "restart") await parts.restart(0);
    else if (fault.data === "deploy") await parts.restart(deployWithinMs);
    else if (fault.data === "expire") signIn.leave(c.get("holder").name);
    else network.apply(fault.data);
    return c.json(z.encode(Network, { network: network.condition }));
  });
  return api;

  async function signedIn(c: Context<Env>): Promise<Holder | undefined> {
    const bearer = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    if (bearer !== undefined) {
      const held = await signIn.holder(bearer);
      return held === "expired" ? undefined : held?.holder;
    }
    const login = await getSignedCookie(c, signIn.secret, cookie);
    return login ? signIn.person(login) : undefined;
  }
}

/** Refuses what another page sends; programs say no origin, and may. */
function onlyOwnPages(origins: readonly string[]): MiddlewareHandler<Env> {
  return async (c, next) => {
    const origin = c.req.header("origin");
    if (c.req.method === "GET" || origin === undefined || origins.includes(origin)) return next();
    return c.json({ error: "only the demo's own page may do that" }, 403);
  };
}
