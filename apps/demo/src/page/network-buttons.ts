import { Network } from "../shared/settings.ts";
import { element } from "./element.ts";
import type { Log } from "./log.ts";

/** What the log says of a fault. */
const told: Readonly<Record<string, string>> = {
  cut: "You cut every link",
  "half-open": "You lost the server, and nobody was told",
  blackhole: "You opened a black hole",
  heal: "You healed the network",
  forget: "You had the server forget every session",
};

/** Lets the buttons break the network, and shows how it is. */
export function wireNetworkButtons(log: Log, atStart: Network): void {
  const words = element("network-words", HTMLElement);

  const show = ({ network }: Network): void => {
    document.documentElement.dataset["network"] = network;
    words.textContent = network === "fine" ? "It is fine now." : "It is a black hole now.";
  };
  const apply = async (fault: string): Promise<void> => {
    log.add("network", told[fault] ?? fault);
    try {
      const response = await fetch(`/api/fault/${fault}`, { method: "POST" });
      show(Network.parse(await response.json()));
    } catch (error) {
      log.add("trouble", "The demo does not answer", String(error));
    }
  };

  show(atStart);
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-fault]")) {
    button.addEventListener("click", () => void apply(button.dataset["fault"] ?? ""));
  }
}
