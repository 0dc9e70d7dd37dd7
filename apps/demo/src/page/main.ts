import { maxLength } from "../shared/contract.ts";
import { Ledger } from "../shared/ledger.ts";
import { drainMs } from "../shared/patience.ts";
import { wireBurst } from "./burst.ts";
import { element } from "./element.ts";
import { fetchSettings } from "./fetch-settings.ts";
import { followNews } from "./follow-news.ts";
import { runInterval } from "./interval.ts";
import { goLive } from "./live.ts";
import { Log } from "./log.ts";
import { leaveMemory, takeMemory } from "./memory.ts";
import { wireNetworkButtons } from "./network-buttons.ts";
import { Sayings } from "./sayings.ts";
import { showLedger } from "./show-ledger.ts";
import { showSession } from "./show-session.ts";
import { showState } from "./show-state.ts";

const hello = "Hello from my first live web socket!";
const helloAgain = "Hello again, after a reload!";

const settings = await fetchSettings();
const log = new Log();
const before = takeMemory();
const id = before?.id ?? crypto.randomUUID();
const live = goLive(id);
const ledger = new Ledger(live, before?.ledger);
const newsId = followNews(live, log, before?.newsId);
leaveMemory(() => ({ id, ledger: ledger.kept, newsId: newsId() }));
const close = (): void => void live.close({ drainMs });

showState(live, log);
showSession(live, ledger, log, before !== undefined);
showLedger(live, ledger);
runInterval(live, settings.closeAfterMs, close);
wireNetworkButtons(log, settings);
wireBurst(live, ledger, log);
live.session.on("invalid", ({ name, raw }) =>
  log.add("trouble", `The server said a "${name}" that nobody understands`, JSON.stringify(raw)),
);
const sayings = new Sayings(live, ledger, log);
sayings.say(before ? helloAgain : hello);

const form = element("say", HTMLFormElement);
const text = element("text", HTMLInputElement);
const helloButton = element("hello", HTMLButtonElement);
const closeButton = element("close", HTMLButtonElement);
text.maxLength = maxLength;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  sayings.say(text.value);
  text.value = "";
});
helloButton.addEventListener("click", () => sayings.say(hello));
closeButton.addEventListener("click", close);
element("reconnect", HTMLButtonElement).addEventListener("click", () => live.reconnect());
live.subscribe(({ name }) => {
  const isEnding = name === "CLOSING" || name === "CLOSED";
  for (const button of form.querySelectorAll("button")) button.disabled = isEnding;
  closeButton.disabled = isEnding;
});
