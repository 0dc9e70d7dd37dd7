// npm would publish `workspace:*`, `catalog:` and the source condition as they stand; only pnpm replaces them.
if (!process.env["npm_config_user_agent"]?.startsWith("pnpm")) {
  console.log("Publish with pnpm: npm leaves workspace:* and catalog: in the manifest.");
  process.exitCode = 1;
}
