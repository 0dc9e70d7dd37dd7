import { Network } from "../../shared/settings.ts";
import { ask, posted } from "../ask.ts";
import { element } from "../element.ts";
import { fetchSettings } from "../settings.ts";
import type { Log } from "./log.ts";
import type { Recorder } from "./recorder.ts";

/** What the log says of a fault. */
const told: Readonly<Record<string, string>> = {
  cut: "You cut every link",
  "half-open": "You lost the server, and nobody was told",
  blackhole: "You opened a black hole",
  latency: "You slowed the network down",
  throttle: "You throttled the network",
  storm: "You called for a storm",
  heal: "You healed the network",
  restart: "You restarted the server",
  deploy: "You deployed the server anew",
  expire: "You ended your sign-in",
};

/** What is the matter, in words. */
const conditions: Readonly<Record<Network["network"], string>> = {
  fine: "It is fine now.",
  blackhole: "It is a black hole now.",
  latency: "It is slow now.",
  throttle: "It is throttled now.",
  storm: "It is stormy now.",
};
/** A storm passes by itself. */
const lookEveryMs = 1_000;

/** Lets the buttons break the network, and shows how it is. */
export function wireNetworkButtons(log: Log, recorder: Recorder, atStart: Network): void {
  const words = element("network-words", HTMLElement);

  const show = ({ network }: Network): void => {
    document.documentElement.dataset["network"] = network;
    words.textContent = conditions[network];
  };
  const apply = async (fault: string): Promise<void> => {
    log.add("network", told[fault] ?? fault);
    recorder.write({ kind: "fault", what: fault });
    try {
      show(await ask(Network, `/api/fault/${fault}`, posted()));
    } catch (error) {
      log.add("trouble", "The demo does not answer", String(error));
    }
  };

  show(atStart);
  setInterval(() => {
    if (document.documentElement.dataset["network"] !== "storm") return;
    // No answer: the next look tells the same.
    void fetchSettings().then(show, () => {});
  }, lookEveryMs);
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-fault]")) {
    button.addEventListener("click", () => void apply(button.dataset["fault"] ?? ""));
  }
}
