import { networked } from "../../shared/socket-paths.ts";
import { element } from "../element.ts";
import { socketUrl } from "../socket-url.ts";
import { echo as echoWithHoldfast } from "./holdfast-echo.ts";
import { echoNatively } from "./native-echo.ts";

/** The first tutorial of all, twice, beside the code that runs. */
export function showEcho(): void {
  wire("native", import("./native-echo.ts?raw"), echoNatively);
  wire("holdfast", import("./holdfast-echo.ts?raw"), echoWithHoldfast);
}

type Run = (url: string, log: (line: string) => void) => void | Promise<void>;

function wire(name: "native" | "holdfast", source: Promise<{ readonly default: string }>, run: Run): void {
  const list = element(`${name}-log`, HTMLElement);
  void source.then((text) => (element(`${name}-code`, HTMLElement).textContent = text.default));
  const log = (line: string): void => {
    const item = document.createElement("p");
    item.textContent = `${new Date().toLocaleTimeString("en-GB")}  ${line}`;
    list.append(item);
  };
  const button = element(`${name}-run`, HTMLButtonElement);
  button.addEventListener("click", async () => {
    list.replaceChildren();
    button.disabled = true;
    try {
      await run(socketUrl(networked.echo), log);
    } catch (error) {
      log(String(error));
    }
    button.disabled = false;
  });
}
