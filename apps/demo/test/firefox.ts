import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, launch } from "puppeteer-core";
import { findFirefox } from "../../../scripts/firefox.ts";

/** Besides what puppeteer turns off for every test: what would look for something elsewhere by itself. */
const quiet = {
  "app.update.enabled": false,
  "browser.region.network.url": "",
  "browser.topsites.contile.enabled": false,
  "dom.push.connection.enabled": false,
  "extensions.blocklist.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.trr.mode": 5,
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "",
};

/** Whatever is left goes to a port where nobody listens, except to this machine itself. */
const nowhere = {
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
};

/** A Firefox without a window, spoken to over WebDriver BiDi. Its profile and its home are new, and go with it. */
export class Firefox implements AsyncDisposable {
  readonly browser: Browser;
  readonly #owned: AsyncDisposableStack;

  private constructor(browser: Browser, owned: AsyncDisposableStack) {
    this.browser = browser;
    this.#owned = owned;
  }

  static async launch(): Promise<Firefox> {
    await using owned = new AsyncDisposableStack();
    const home = await mkdtemp(join(tmpdir(), "holdfast-firefox-"));
    // Its last child may write a moment longer than it lives itself.
    owned.defer(() => rm(home, { recursive: true, maxRetries: 5 }));
    const browser = await launch({
      browser: "firefox",
      executablePath: findFirefox() ?? "",
      extraPrefsFirefox: { ...quiet, ...nowhere },
      env: {
        ...process.env,
        // Crash reports and an empty Downloads go into the home, whatever the profile.
        HOME: home,
        MOZ_CRASHREPORTER_DISABLE: "1",
        // Without it a released Firefox does not believe puppeteer's preference that there are no remote settings.
        MOZ_REMOTE_SETTINGS_DEVTOOLS: "1",
      },
    });
    owned.defer(() => browser.close());
    return new Firefox(browser, owned.move());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#owned.disposeAsync();
  }
}
