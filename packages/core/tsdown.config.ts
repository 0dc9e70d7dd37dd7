import { defineConfig, type UserConfig } from "tsdown";
import { shared } from "../../tsdown.shared.ts";

const config: UserConfig = defineConfig({
  ...shared,
  entry: ["src/index.ts", "src/driver.ts", "src/session.ts", "src/exchange.ts"],
});
export default config;
