import * as z from "zod/mini";
import { Me, TokenAnswer } from "../shared/credential.ts";
import { ask, posted, Refused } from "./ask.ts";
import { element } from "./element.ts";

/** Knows who is at the page, and asks if it does not. */
export class SignIn {
  readonly #dialog: HTMLDialogElement = element("sign-in", HTMLDialogElement);
  readonly #name: HTMLInputElement = element("sign-in-name", HTMLInputElement);
  readonly #why: HTMLElement = element("sign-in-why", HTMLElement);
  readonly #button: HTMLButtonElement = element("sign-in-button", HTMLButtonElement);
  #asked: Promise<string> | undefined;
  #submitted: () => void = () => {};
  readonly #tokenListeners: Set<() => void> = new Set();

  constructor() {
    // Without a name there is nothing to show.
    this.#dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.#dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submitted();
    });
  }

  /** Who is signed in, once somebody is. */
  async person(): Promise<string> {
    const { name } = await ask(Me, "/api/me");
    return name ?? this.#ask("");
  }

  /**
   * A token for the person. If their sign-in has ended meanwhile, they are asked first. If it is somebody else who has signed in, nothing
   * of this page may go out under that name: then there is no token, and `onOther` is called.
   */
  async token(person: string, onOther: () => void): Promise<string> {
    const { name, token } = await this.#ownToken(person);
    if (name === person) {
      for (const listener of this.#tokenListeners) listener();
      return token;
    }
    onOther();
    return new Promise(() => {});
  }

  /** Calls `listener` whenever the server has given a token: it knows who is at the page. */
  onToken(listener: () => void): void {
    this.#tokenListeners.add(listener);
  }

  /** Signs out on every page of the person; the server tells them. */
  async signOut(): Promise<void> {
    await ask(z.object({}), "/api/sign-out", posted());
  }

  async #ownToken(person: string): Promise<z.output<typeof TokenAnswer>> {
    for (;;) {
      try {
        return await ask(TokenAnswer, "/api/token");
      } catch (error) {
        if (!(error instanceof Refused && error.status === 401)) throw error;
        await this.#ask(`Your sign-in has ended. Sign in again, and everything goes on, ${person}.`, person);
      }
    }
  }

  /** Asks once, however many want to know. */
  #ask(why: string, name = ""): Promise<string> {
    this.#asked ??= this.#dialogue(why, name).finally(() => (this.#asked = undefined));
    return this.#asked;
  }

  /** Stays until the server has taken a name. */
  async #dialogue(why: string, name: string): Promise<string> {
    this.#why.textContent = why;
    element("sign-in-pitch", HTMLElement).hidden = why !== "";
    this.#name.value = name;
    this.#dialog.showModal();
    for (;;) {
      await new Promise<void>((resolve) => (this.#submitted = resolve));
      this.#button.disabled = true;
      try {
        const me = await ask(Me, "/api/sign-in", posted({ name: this.#name.value }));
        if (me.name !== null) {
          this.#dialog.close();
          return me.name;
        }
      } catch (error) {
        this.#why.textContent = tell(error);
      } finally {
        this.#button.disabled = false;
      }
    }
  }
}

function tell(error: unknown): string {
  if (!(error instanceof Refused)) return "The server does not answer: is the demo running?";
  return error.status === 400 ? "That is no name that the server takes." : error.message;
}
