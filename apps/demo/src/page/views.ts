import { titleView } from "./title.ts";

/** Shows the view that the address names, and the first one if it names none. Calls `shown` with its name, each time. */
export function wireViews(shown: (name: string) => void): void {
  const views = [...document.querySelectorAll<HTMLElement>(".view")];
  const links = [...document.querySelectorAll<HTMLAnchorElement>("nav a")];

  function show(moveFocus: boolean): void {
    const view = views.find(({ id }) => `#${id}` === location.hash) ?? views[0];
    if (!view) return;
    for (const other of views) other.hidden = other !== view;
    for (const link of links) {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    titleView(view.querySelector("h1")?.textContent ?? "");
    // Whoever cannot see that the view has changed is taken there.
    if (moveFocus) view.focus({ preventScroll: true });
    scrollTo(0, 0);
    shown(view.id);
  }

  addEventListener("hashchange", () => show(true));
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    // The address is that of a view, and stays so.
    event.preventDefault();
    views.find(({ hidden }) => !hidden)?.focus();
  });
  show(false);
}
