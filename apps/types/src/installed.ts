import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../../packages", import.meta.url));
const ours = ["core", "browser", "node", "server"];

/** Where a package that `from` depends on really is. */
function found(from: string, name: string): string {
  return realpathSync(join(from, "node_modules", name));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/**
 * A folder in which `names` are installed the way pnpm does it: whatever they depend on is there for them, and for nobody else. The
 * links of a workspace are not like that: there everybody can name everything.
 */
export function install(names: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), "holdfast-types-"));
  const home = (name: string): string => join(root, "node_modules/.pnpm", name, "node_modules");
  for (const name of ours) {
    const from = join(packages, name);
    const to = join(home(name), "@holdfast", name);
    for (const part of ["package.json", "dist"])
      cpSync(join(from, part), join(to, part), { recursive: true });
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(
      readFileSync(join(from, "package.json"), "utf8"),
    ) as Record<string, Record<string, string>>;
    for (const other of Object.keys({ ...dependencies, ...peerDependencies })) {
      const short = other.replace("@holdfast/", "");
      const target = short === other ? found(from, other) : join(home(short), other);
      link(target, join(home(name), other));
    }
  }
  for (const name of names)
    link(join(home(name), "@holdfast", name), join(root, "node_modules/@holdfast", name));
  const here = fileURLToPath(new URL("..", import.meta.url));
  for (const name of ["zod", "@types/node"]) link(found(here, name), join(root, "node_modules", name));
  return root;
}
