import { type FromServer, maxLength } from "../shared/messages.ts";
import { element } from "./element.ts";
import { fetchSettings } from "./fetch-settings.ts";
import { runInterval } from "./interval.ts";
import { goLive } from "./live.ts";
import { Log } from "./log.ts";
import { wireNetworkButtons } from "./network-buttons.ts";
import { Sayings } from "./sayings.ts";
import { showState } from "./show-state.ts";

const hello = "Hello from my first live web socket!";
const goodbye = "that was my first live web socket";

const settings = await fetchSettings();
const log = new Log();
const live = goLive();
const sayings = new Sayings(live, log);
const close = (): void => void live.close(1000, goodbye);

showState(live, log);
runInterval(live, settings.closeAfterMs, close);
wireNetworkButtons(log, settings);
live.on("message", hear);
live.on("invalid", ({ raw }) => log.add("trouble", "The server said what nobody understands", String(raw)));
sayings.say(hello);

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

function hear(message: FromServer): void {
  switch (message.type) {
    case "echo":
      log.add("heard", message.text, `the server, link ${message.link}, saying ${message.count}`);
      return;
    case "news":
      log.add("news", message.text, "the server, of its own accord");
      return;
    case "refused":
      log.add("trouble", "The server refused it", message.because);
  }
}
