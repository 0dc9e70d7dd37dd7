import type { Ledger } from "../../shared/ledger.ts";
import { drainMs } from "../../shared/patience.ts";
import { maxLength } from "../../shared/saying.ts";
import type { Network } from "../../shared/settings.ts";
import { element } from "../element.ts";
import type { Live } from "../live.ts";
import { wireBurst } from "./burst.ts";
import { wireDownload } from "./download.ts";
import { Log } from "./log.ts";
import { wireNetworkButtons } from "./network-buttons.ts";
import type { Recorder } from "./recorder.ts";
import { Sayings } from "./sayings.ts";
import { showLedger } from "./show-ledger.ts";
import { showPlain } from "./show-plain.ts";
import { showSession } from "./show-session.ts";
import { showState } from "./show-state.ts";
import { wireSteady } from "./steady.ts";
import { wireTakeOver } from "./take-over.ts";
import { drawTimeline } from "./timeline.ts";

const hello = "Hello from my first live web socket!";
const helloAgain = "Hello again, after a reload!";
const sampleOutboxEveryMs = 200;

/** What the laboratory looks at. */
export interface Subject {
  readonly live: Live;
  readonly ledger: Ledger;
  readonly recorder: Recorder;
  readonly network: Network;
  /** Whether a page before this one has left its session. */
  readonly isReload: boolean;
  /** Calls `listener` whenever the server knows anew who is at the page. */
  readonly onToken: (listener: () => void) => void;
}

/** The place where the network is broken, and where one sees what becomes of the connection. Returns what to do when it is first seen. */
export function showLaboratory({ live, ledger, recorder, network, isReload, onToken }: Subject): () => void {
  const log = new Log();
  showState(live, log);
  showSession(live, ledger, log, isReload);
  showLedger(live, ledger);
  wireNetworkButtons(log, recorder, network);
  const alsoSay = showPlain(onToken);
  wireBurst(live, ledger, log, alsoSay);
  wireSteady(live, ledger, alsoSay);
  wireTakeOver(live);
  wireDownload(recorder);
  drawTimeline(recorder);
  sampleOutbox(live, recorder);
  live.session.on("invalid", ({ name, raw }) =>
    log.add("trouble", `The server said a "${name}" that nobody understands`, JSON.stringify(raw)),
  );
  const sayings = new Sayings(live, ledger, log);
  wireForm(live, (text) => {
    sayings.say(text);
    alsoSay();
  });
  if (isReload) sayings.say(helloAgain);
  let isFirst = !isReload;
  return () => {
    if (isFirst) sayings.say(hello);
    isFirst = false;
  };
}

function wireForm(live: Live, say: (text: string) => void): void {
  const form = element("say", HTMLFormElement);
  const text = element("text", HTMLInputElement);
  const closeButton = element("close", HTMLButtonElement);
  text.maxLength = maxLength;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say(text.value);
    text.value = "";
  });
  element("hello", HTMLButtonElement).addEventListener("click", () => say(hello));
  closeButton.addEventListener("click", () => void live.close({ drainMs }));
  element("reconnect", HTMLButtonElement).addEventListener("click", () => live.reconnect());
  live.subscribe(({ name }) => {
    const isEnding = name === "CLOSING" || name === "CLOSED";
    for (const button of form.querySelectorAll("button")) button.disabled = isEnding;
    closeButton.disabled = isEnding;
  });
}

/** Writes the depth of the outbox down, when it has changed. */
function sampleOutbox(live: Live, recorder: Recorder): void {
  let last = -1;
  setInterval(() => {
    const bytes = live.bufferedBytes;
    if (bytes !== last) recorder.write({ kind: "outbox", bytes });
    last = bytes;
  }, sampleOutboxEveryMs);
}
