import { defineConfig, type UserConfig } from "tsdown";
import { shared } from "../../tsdown.shared.ts";

const config: UserConfig = defineConfig({
  ...shared,
  tsconfig: "tsconfig.src.json",
  entry: ["src/index.ts", "src/host.ts"],
});
export default config;
