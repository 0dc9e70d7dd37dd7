import { Ledger } from "../shared/ledger.ts";
import { showCompare } from "./compare/show-compare.ts";
import { showEcho } from "./echo/show-echo.ts";
import { element } from "./element.ts";
import { showInbox } from "./inbox/show-inbox.ts";
import { Recorder } from "./laboratory/recorder.ts";
import { showLaboratory } from "./laboratory/show-laboratory.ts";
import { tapSockets } from "./laboratory/tapped-socket.ts";
import { goLive, type Live, liveUrl } from "./live.ts";
import { forgetMemory, leaveMemory, takeMemory } from "./memory.ts";
import { fetchSettings } from "./settings.ts";
import { SignIn } from "./sign-in.ts";
import { wireSignOut } from "./sign-out.ts";
import { showFailure, showStatus } from "./status.ts";
import { wireViews } from "./views.ts";

/** Asks who is there, connects for them, and shows everything. */
async function main(): Promise<void> {
  const settings = await fetchSettings();
  const signIn = new SignIn();
  const person = await signIn.person();
  element("me", HTMLElement).textContent = person;

  const recorder = new Recorder();
  // The comparison has sockets of its own: they are not this page's session.
  tapSockets(
    (url) => url === liveUrl,
    (what) => recorder.writeTapped(what),
  );
  const before = takeMemory(person);
  let page = before?.page ?? crypto.randomUUID();
  const live = goLive(
    () => page,
    () => signIn.token(person, leave),
  );
  // The tab that took the session over goes by our name: under it, two would number into one account.
  live.session.on("closed", ({ cause }) => {
    if (cause?.code === "REPLACED") page = crypto.randomUUID();
  });
  const ledger = new Ledger(live, before?.ledger);
  leaveMemory(() => ({ person, page, ledger: ledger.kept }));
  record(live, recorder);

  showStatus(live);
  showInbox(live, person, settings);
  const isReload = before !== undefined;
  const enterLaboratory = showLaboratory({
    live,
    ledger,
    recorder,
    network: settings,
    isReload,
    onToken: (listener) => signIn.onToken(listener),
  });
  showCompare();
  showEcho();
  wireSignOut(live, () => signIn.signOut(), leave);
  wireViews((view) => {
    if (view === "laboratory") enterLaboratory();
  });
  // Nothing could be pressed before somebody listened.
  for (const part of document.querySelectorAll<HTMLElement>("body > [inert]")) part.inert = false;

  /** Another person's page begins anew, and nothing of this one goes out in their name. */
  function leave(): void {
    forgetMemory();
    void live.close().then(() => location.reload());
  }
}

function record(live: Live, recorder: Recorder): void {
  live.subscribe((state) => recorder.writeState(state));
  live.session.on("opened", () => recorder.write({ kind: "session", what: "opened" }));
  live.session.on("resumed", () => recorder.write({ kind: "session", what: "resumed" }));
  live.session.on("lost", ({ reason, inDoubt }) =>
    recorder.write({ kind: "session", what: "lost", reason, inDoubt: inDoubt.length }),
  );
}

main().catch(showFailure);
