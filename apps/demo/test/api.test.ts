import { createClient } from "@holdfast/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import type { Demo } from "../src/demo.ts";
import { Comparison, Page, Standing } from "../src/shared/comparison.ts";
import { contract } from "../src/shared/contract.ts";
import { TokenAnswer } from "../src/shared/credential.ts";
import { Published } from "../src/shared/notification.ts";
import { patience } from "../src/shared/patience.ts";
import { type Access, accessOf } from "./access.ts";
import { startQuietly } from "./quiet-demo.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startQuietly();
});
afterAll(() => demo[Symbol.asyncDispose]());

interface Told {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** What `curl` does. */
function request(path: string, { method, body, headers }: Told = {}): Promise<Response> {
  return fetch(new URL(path, demo.url), {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: { ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

async function signIn(name: string): Promise<{ readonly cookie: string }> {
  const response = await request("/api/sign-in", { body: { name } });
  expect(response.status).toBe(200);
  return { cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "" };
}

const read = async <S extends z.ZodMiniType>(shape: S, response: Promise<Response>): Promise<z.output<S>> =>
  z.decode(shape, (await (await response).json()) as never);

test("who is not signed in is told how to, and learns nothing", async () => {
  for (const path of ["/api/notifications", "/api/token", "/api/comparison/x"]) {
    const response = await request(path);
    expect([response.status, await response.json()]).toEqual([
      401,
      { error: expect.stringContaining("sign in") },
    ]);
  }
  expect(await (await request("/api/me")).json()).toEqual({ name: null });
});

test("a cookie that somebody made up, or a token, opens nothing", async () => {
  const { cookie } = await signIn("Ada");
  const forged = `${cookie.slice(0, -8)}AAAAAAA%3D`;
  expect((await request("/api/token", { headers: { cookie: forged } })).status).toBe(401);
  expect((await request("/api/token", { headers: { authorization: "Bearer abc.def.ghi" } })).status).toBe(
    401,
  );
});

test("a name that is none is refused with what is wrong, and so is what is no JSON, or too much of it", async () => {
  for (const name of ["", " ", "a:b", "x".repeat(33), 7]) {
    const response = await request("/api/sign-in", { body: { name } });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ issues: expect.any(Array) }),
    ]);
  }
  expect((await request("/api/sign-in", { body: "{" })).status).toBe(400);
  expect((await request("/api/sign-in", { body: "x".repeat(70_000) })).status).toBe(413);
});

test("what is published over HTTP is polled over HTTP: first all, then what is new, then nothing", async () => {
  const ada = await signIn("Ada");
  const bob = await signIn("Bob");
  const draft = { key: "api-1", to: "Bob", from: "The Queen", subject: "Tea?", preview: "At five." };
  const first = await request("/api/notifications", { body: draft, headers: ada });
  expect(first.status).toBe(201);
  const { id } = await read(Published, Promise.resolve(first));
  const again = await request("/api/notifications", { body: draft, headers: ada });
  expect([again.status, await again.json()]).toEqual([200, { id, known: true }]);

  const all = await read(Page, request("/api/notifications", { headers: bob }));
  // People go by their own name, whatever they say.
  expect(all.notifications.at(-1)).toMatchObject({
    id,
    from: "Ada",
    to: "Bob",
    subject: "Tea?",
    read: false,
  });
  const none = await read(Page, request(`/api/notifications?after=${all.revision}`, { headers: bob }));
  expect(none).toEqual({ notifications: [], revision: all.revision });
  expect((await read(Page, request("/api/notifications", { headers: ada }))).notifications).toEqual([]);
  expect((await request("/api/notifications?after=soon", { headers: bob })).status).toBe(400);
  expect((await request("/api/notifications", { body: { subject: "" }, headers: ada })).status).toBe(400);
});

test("what is refused is told in words for people, and a subject is all that a notification needs", async () => {
  const ada = await signIn("Ada");
  const refusal = async (path: string, body: object): Promise<unknown> => {
    const response = await request(path, { body, headers: ada });
    const { issues } = (await response.json()) as { readonly issues: readonly { message: string }[] };
    return issues.map(({ message }) => message);
  };
  const name = "a name of 1 to 32 letters and digits";
  const subject = "a subject of 1 to 200 characters";
  expect(await refusal("/api/sign-in", {})).toEqual([name]);
  expect(await refusal("/api/notifications", {})).toEqual([subject]);
  expect(await refusal("/api/notifications", { subject: " " })).toEqual([subject]);
  expect(await refusal("/api/notifications", { to: "a:b", subject: "x".repeat(201), preview: 7 })).toEqual([
    name,
    subject,
    "a preview of at most 500 characters",
  ]);
  expect(await refusal("/api/notifications", [])).toEqual(["a notification with a subject and a preview"]);
  const short = await request("/api/notifications", { body: { to: "Ada", subject: "Short" }, headers: ada });
  expect(short.status).toBe(201);
  const { notifications } = await read(Page, request("/api/notifications", { headers: ada }));
  expect(notifications.at(-1)).toMatchObject({ subject: "Short", preview: "" });
});

test("an answer of the API has no head but what JSON needs, for its bytes are compared with a socket's", async () => {
  const { headers } = await request("/api/notifications", { headers: await signIn("Ada") });
  const ownHeads = [...headers.keys()].filter((name) => !["connection", "date", "keep-alive"].includes(name));
  expect(ownHeads).toEqual(["cache-control", "content-length", "content-type", "x-content-type-options"]);
  expect((await request("/api/nowhere")).headers.get("x-content-type-options")).toBe("nosniff");
});

test("a page from elsewhere can change nothing, though the browser shows the cookie", async () => {
  const ada = await signIn("Ada");
  const headers = { ...ada, origin: "http://elsewhere.test" };
  for (const path of ["/api/fault/cut", "/api/notifications", "/api/sign-in", "/api/sign-out"]) {
    expect((await request(path, { method: "POST", headers })).status).toBe(403);
  }
  expect((await request("/api/fault/cut", { method: "POST" })).status).toBe(401);
  expect((await request("/api/fault/cut", { headers: ada })).status).toBe(404);
  expect((await request("/api/fault/earthquake", { method: "POST", headers: ada })).status).toBe(404);
});

test("who signs out is signed out wherever they are, with every token that they had", async () => {
  const here = await signIn("Cleo");
  const there = await signIn("Cleo");
  const { token } = await read(TokenAnswer, request("/api/token", { headers: there }));
  const bearer = { authorization: `Bearer ${token}` };
  expect((await request("/api/notifications", { headers: bearer })).status).toBe(200);
  expect((await request("/api/sign-out", { method: "POST", headers: here })).status).toBe(200);
  for (const headers of [here, there, bearer])
    expect((await request("/api/notifications", { headers })).status).toBe(401);
});

test("the numbers of a comparison are those of the server's own access log", async () => {
  const ada = await signIn("Ada");
  const comparison = await read(Comparison, request("/api/comparison", { method: "POST", headers: ada }));
  const { id, token, revision } = comparison;
  const path = `/api/comparison/${encodeURIComponent(id)}`;
  const poll = (after: number): Promise<Page> =>
    read(
      Page,
      request(`/api/notifications?after=${after}`, { headers: { authorization: `Bearer ${token}` } }),
    );
  expect((await poll(revision)).notifications).toEqual([]);

  const client = createClient(contract, {
    ...patience,
    url: new URL(comparison.socketPath, demo.url),
    credential: { token, page: id },
  });
  const told = client.stream("feed", { after: revision });
  const first = told.next();
  const body = { perMinute: 600, seconds: 1 };
  expect((await request(`${path}/run`, { body, headers: ada })).status).toBe(202);
  const { value } = await first;
  expect(value).toMatchObject({ to: id, from: "the comparison" });
  const standing = (): Promise<Standing> => read(Standing, request(path, { headers: ada }));
  await expect.poll(async () => (await standing()).phase).toBe("idle");
  const { published } = await standing();
  expect((await poll(revision)).notifications).toHaveLength(published);
  await client.close();
  const entries = (): readonly Access[] => accessOf(demo, new RegExp(`^${id}$`));
  // A link is in the log when it is over at the server, too.
  await expect.poll(() => entries().filter(({ method }) => method === "LINK")).toHaveLength(1);

  const { polling, socket, proxiedBytes } = await standing();
  expect(proxiedBytes).toBe(socket.bytesIn + socket.bytesOut);
  expect([polling.requests, polling.empty, socket.requests]).toEqual([2, 1, 1]);
  const sum = (method: string, of: (entry: Access) => number): number =>
    entries()
      .filter((entry) => entry.method === method)
      .reduce((total, entry) => total + of(entry), 0);
  expect(polling).toEqual({
    requests: sum("GET", () => 1),
    empty: sum("GET", ({ isEmpty }) => (isEmpty ? 1 : 0)),
    bytesIn: sum("GET", ({ bytesIn }) => bytesIn),
    bytesOut: sum("GET", ({ bytesOut }) => bytesOut),
  });
  expect(socket).toMatchObject({
    bytesIn: sum("LINK", ({ bytesIn }) => bytesIn),
    bytesOut: sum("LINK", ({ bytesOut }) => bytesOut),
  });
  await request(path, { method: "DELETE", headers: ada });
  expect((await request(path, { headers: ada })).status).toBe(404);
});
