import { element } from "../element.ts";
import type { Live } from "../live.ts";

/** Shows who else is here; whoever writes can choose among them. */
export function showPeople(live: Live, person: string): void {
  const here = element("here", HTMLUListElement);
  const choices = element("people", HTMLDataListElement);

  live.on("people", (people) => {
    here.replaceChildren(
      ...people.map(({ name, tabs }) => {
        const item = document.createElement("li");
        item.textContent = `${name}${name === person ? " (you)" : ""}${tabs > 1 ? `, in ${tabs} tabs` : ""}`;
        return item;
      }),
    );
    choices.replaceChildren(...people.map(({ name }) => new Option(name, name)));
  });
}
