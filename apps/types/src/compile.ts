import { spawnSync } from "node:child_process";
import { join } from "node:path";

// What users have: no export condition of ours, no skipLibCheck, with the library of a browser or without, old and new.
const compilers = ["typescript-5.9", "typescript-6", "typescript-7"];
const settings: Record<string, readonly string[]> = {
  "a Node service": ["--module", "nodenext", "--lib", "es2023,esnext.disposable"],
  "a page": ["--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2023,dom,esnext.disposable"],
};

for (const compiler of compilers) {
  for (const [name, args] of Object.entries(settings)) {
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        join("node_modules", compiler, "bin", "tsc"),
        "--noEmit",
        "--strict",
        "--exactOptionalPropertyTypes",
        "--target",
        "es2022",
        "--types",
        "node",
        ...["--ignoreConfig"].filter(() => compiler !== "typescript-5.9"),
        ...args,
        "--allowImportingTsExtensions",
        "src/app.ts",
        "src/session.ts",
      ],
      { encoding: "utf8" },
    );
    if (status === 0) continue;
    console.log(`${compiler} as ${name}:\n${stdout}`);
    process.exitCode = 1;
  }
}
