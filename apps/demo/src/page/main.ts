import { Ledger } from "../shared/ledger.ts";
import { showCompare } from "./compare/show-compare.ts";
import { showEcho } from "./echo/show-echo.ts";
import { element } from "./element.ts";
import { showInbox } from "./inbox/show-inbox.ts";
import { Recorder } from "./laboratory/recorder.ts";
import { showLaboratory } from "./laboratory/show-laboratory.ts";
import { tapSockets } from "./laboratory/tapped-socket.ts";
import { goLive } from "./live.ts";
import { forgetMemory, leaveMemory, takeMemory } from "./memory.ts";
import { fetchSettings } from "./settings.ts";
import { SignIn } from "./sign-in.ts";
import { showStatus } from "./status.ts";
import { wireViews } from "./views.ts";

const settings = await fetchSettings();
const signIn = new SignIn();
const person = await signIn.person();
element("me", HTMLElement).textContent = person;

const recorder = new Recorder();
// The comparison has sockets of its own there: they are not this page's session.
const isSession = (url: string): boolean => new URL(url).pathname === new URL(settings.socketUrl).pathname;
tapSockets(isSession, (what) => recorder.writeTapped(what));

const before = takeMemory(person);
const page = before?.page ?? crypto.randomUUID();
const live = goLive(page, () => signIn.token(person));
const ledger = new Ledger(live, before?.ledger);
leaveMemory(() => ({ person, page, ledger: ledger.kept }));
live.subscribe((state) => recorder.writeState(state));
live.session.on("opened", () => recorder.write({ kind: "session", what: "opened" }));
live.session.on("resumed", () => recorder.write({ kind: "session", what: "resumed" }));
live.session.on("lost", ({ reason, inDoubt }) =>
  recorder.write({ kind: "session", what: "lost", reason, inDoubt: inDoubt.length }),
);

showStatus(live);
showInbox(live, person, settings);
const enterLaboratory = showLaboratory({
  live,
  ledger,
  recorder,
  network: settings,
  isReload: before !== undefined,
});
showCompare();
showEcho();
wireViews((view) => {
  if (view === "laboratory") enterLaboratory();
});

let leaving: Promise<void> | undefined;
element("sign-out", HTMLButtonElement).addEventListener("click", () => (leaving = signIn.signOut()));
live.on("signedOut", async () => {
  await leaving;
  await live.close();
  forgetMemory();
  location.reload();
});
