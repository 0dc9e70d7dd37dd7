import { registerHooks } from "node:module";
import { mutations } from "./mutations.ts";

// Imported before the simulation: gives it the code with one rule taken out.
const mutation = mutations[Number(process.env["HOLDFAST_MUTATION"])];
if (!mutation) throw new Error("HOLDFAST_MUTATION names no mutation");
const { file, edits } = mutation;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/packages/${file}`)) return loaded;
    let source = String(loaded.source);
    for (const [from, to] of edits) {
      if (source.split(from).length !== 2) throw new Error(`${file} has not exactly one: ${from}`);
      source = source.replace(from, () => to);
    }
    return { ...loaded, source };
  },
});
