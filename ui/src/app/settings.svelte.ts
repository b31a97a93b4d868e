/** What the reader chose, kept in the library and applied to the window. */
import { backend } from "../lib/backend";
import type { Settings as Kept } from "../lib/bindings";
import { systemLocale, words, type Locale } from "../lib/words.svelte";
import { scaled } from "../shared/density";

export const textSizes = [14, 16, 18, 20, 22, 26, 30, 36] as const;
export const defaultTextSize = 18;

/** Of the whole interface, in percent. */
export const scales = [100, 110, 125, 150, 175, 200] as const;

export const themes = ["system", "light", "night"] as const;
export type Theme = (typeof themes)[number];

/** What is in force until something is chosen, as the shell has it too; the window without a shell starts from it. */
export const usual: Kept = {
  locale: null,
  scale: 100,
  theme: "system",
  nightPages: true,
  railOpen: true,
  facing: false,
  roll: false,
  minimap: true,
  paneWidth: null,
  paneHeight: null,
  textSize: defaultTextSize,
  textFace: "song",
  textLeading: 185,
  textPaper: "theme",
  script: "asPrinted",
};

export class Settings {
  #kept = $state() as Kept;
  #systemNight = $state(false);
  #saving = false;
  #saved = Promise.resolve();
  #unsaved = false;

  constructor(kept: Kept) {
    this.#kept = { ...kept };
    words.locale = kept.locale ?? systemLocale();
    scaled(kept.scale);
    const night = window.matchMedia("(prefers-color-scheme: dark)");
    this.#systemNight = night.matches;
    night.addEventListener("change", (event) => (this.#systemNight = event.matches));
  }

  get theme(): Theme {
    return this.#kept.theme;
  }

  /** The colours to show now. */
  get colours(): "light" | "night" {
    if (this.#kept.theme !== "system") return this.#kept.theme;
    return this.#systemNight ? "night" : "light";
  }

  /** Whether pages are shown dark now. */
  get darkPages(): boolean {
    return this.colours === "night" && this.#kept.nightPages;
  }

  get textSize(): number {
    return this.#kept.textSize;
  }

  get railOpen(): boolean {
    return this.#kept.railOpen;
  }

  /** Any of what is kept, as it is now. */
  get<Key extends keyof Kept>(key: Key): Kept[Key] {
    return this.#kept[key];
  }

  set<Key extends keyof Kept>(key: Key, value: Kept[Key]): void {
    this.#change({ [key]: value });
  }

  /** Once what is in force is also kept, for what the shell reads from there. */
  saved(): Promise<void> {
    return this.#saved;
  }

  nextTheme(): void {
    this.#change({ theme: themes[(themes.indexOf(this.#kept.theme) + 1) % themes.length] as Theme });
  }

  /** The language of the interface: the chosen one, else the system's. */
  get locale(): Locale {
    return words.locale;
  }

  setLocale(locale: Locale): void {
    words.locale = locale;
    this.#change({ locale });
  }

  scaleBeside(step: 1 | -1): void {
    const { scale } = this.#kept;
    const next = step === 1 ? scales.find((larger) => larger > scale) : scales.findLast((smaller) => smaller < scale);
    if (next !== undefined) this.#change({ scale: next });
  }

  toggleRail(): void {
    this.#change({ railOpen: !this.#kept.railOpen });
  }

  /** Two pages beside each other, or not; pages lie one way at a time. */
  toggleFacing(): void {
    this.#change({ facing: this.#kept.roll || !this.#kept.facing, roll: false });
  }

  /** All pages below each other, or not. */
  toggleRoll(): void {
    this.#change({ roll: !this.#kept.roll });
  }

  textLarger(): void {
    this.#change({ textSize: textSizes.find((size) => size > this.#kept.textSize) ?? (textSizes.at(-1) as number) });
  }

  textSmaller(): void {
    this.#change({ textSize: textSizes.findLast((size) => size < this.#kept.textSize) ?? textSizes[0] });
  }

  textDefault(): void {
    this.#change({ textSize: defaultTextSize });
  }

  #change(change: Partial<Kept>): void {
    Object.assign(this.#kept, change);
    scaled(this.#kept.scale);
    this.#unsaved = true;
    if (!this.#saving) this.#saved = this.#save();
  }

  /** At once, since the window may be closed next, and one after the other, so that the last one stands. */
  async #save(): Promise<void> {
    this.#saving = true;
    while (this.#unsaved) {
      this.#unsaved = false;
      // A setting that could not be kept is still in force until the window closes; there is nothing to tell a reader.
      await backend.saveSettings($state.snapshot(this.#kept)).catch(() => undefined);
    }
    this.#saving = false;
  }
}
