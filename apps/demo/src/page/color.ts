const probe = document.createElement("span");
probe.hidden = true;
// On a canvas, a forced colour would be the same for everything.
probe.style.forcedColorAdjust = "none";
document.body.append(probe);

/** What a colour of the style sheet is at this moment, light or dark, as a canvas understands it. */
export function color(name: `--${string}`): string {
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}
