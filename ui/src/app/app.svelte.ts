/** The whole program as the window sees it: which screen is open, and what all screens share. */
import { createContext } from "svelte";
import { backend, Pictures, Problem } from "../lib/backend";
import type { Script, Start, SyncProgress } from "../lib/bindings";
import { Stand } from "../newsstand/stand.svelte";
import { Reader } from "../reader/reader.svelte";
import type { Menu } from "./commands";
import { Settings } from "./settings.svelte";

export const [getApp, setApp] = createContext<App>();

export type SheetName = "keys" | "settings" | "palette" | "add";

/** Which list of commands is open, and where; `article` is the one whose region it is about. */
export type OpenMenu = { readonly menu: Menu; readonly at: { x: number; y: number } | null; readonly article: string | null };

export class App {
  readonly settings: Settings;
  readonly pictures: Pictures;
  readonly stand = new Stand();
  /** The open issue; without one the newsstand is open. */
  reader = $state.raw<Reader | null>(null);
  /** The sheet that lies over the screen. */
  sheet = $state<SheetName | null>(null);
  menu = $state.raw<OpenMenu | null>(null);
  /** The page alone, without bar and rail. */
  alone = $state(false);
  #asking = 0;
  readonly #first: Start["open"];

  constructor(start: Start) {
    this.#first = start.open;
    this.settings = new Settings(start.settings);
    this.pictures = new Pictures(start.pageBase, () => this.settings.darkPages);
  }

  /** Shows the newsstand, or at once the place that was asked for; should that not open, the newsstand says why. */
  async begin(): Promise<void> {
    if (this.#first) await this.open(this.#first.publication, this.#first.date, this.#first.page ?? undefined);
    await this.stand.load();
  }

  async open(publication: string, date: string, page?: string): Promise<void> {
    const asking = ++this.#asking;
    try {
      const issue = await backend.openIssue(publication, date);
      if (asking !== this.#asking) return;
      this.reader?.savePlace();
      const reader = new Reader(issue, page);
      // The page comes while the screen is made.
      void backend.openSheet(publication, date, reader.number).catch(() => undefined);
      void reader.previews.of(this.pictures.preview(publication, date, reader.number)).catch(() => undefined);
      this.reader = reader;
      this.stand.problem = null;
    } catch (thrown) {
      if (asking !== this.#asking) return;
      if (this.reader) this.reader.problem = Problem.from(thrown);
      else this.stand.problem = Problem.from(thrown);
    }
  }

  /** Puts the program's own issue into the library and opens it. */
  async openSample(): Promise<void> {
    const [sample] = await backend.addSample();
    await this.stand.load();
    const issue = sample?.issues[0];
    if (issue) await this.open(issue.publication, issue.date);
  }

  async openIssueBeside(step: 1 | -1): Promise<void> {
    const issue = this.reader?.issue;
    const date = step === 1 ? issue?.nextIssue : issue?.previousIssue;
    if (issue && date) await this.open(issue.publication, date);
  }

  async continueReading(): Promise<void> {
    const place = this.stand.continueReading;
    if (place) await this.open(place.publication, place.date);
  }

  /** Opens an article of any issue, with its page beside it. */
  async openArticle(publication: string, date: string, article: string): Promise<void> {
    const open = this.reader?.issue;
    if (open?.publication !== publication || open.date !== date) await this.open(publication, date);
    const { reader } = this;
    if (reader?.issue.publication !== publication || reader.issue.date !== date) return;
    reader.followFocus = true;
    await reader.open(article);
  }

  /** The main menu, at its button. */
  openMenu(): void {
    this.menu = { menu: "main", at: null, article: null };
  }

  /** 简 or 繁: the shell converts what it gives, so the open issue is asked for again. */
  async chooseScript(script: Script): Promise<void> {
    this.settings.set("script", script);
    await this.settings.saved();
    await this.reader?.reword();
  }

  /** One step back: guided reading, the page alone, the article, the page. Sheets and menus close by themselves. */
  back(): void {
    if (this.reader?.guided) this.reader.endGuided();
    else if (this.alone) this.setAlone(false);
    else if (this.reader?.marked) this.reader.close();
    else if (this.reader) this.toNewsstand();
  }

  toNewsstand(): void {
    this.#asking++;
    this.reader?.savePlace();
    this.reader = null;
    this.setAlone(false);
    void this.stand.load();
  }

  setAlone(alone: boolean): void {
    this.alone = alone;
    // Where the window may not go full screen, the page still has all of the window.
    if (alone) document.documentElement.requestFullscreen?.().catch(() => undefined);
    else if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
  }

  heard(progress: SyncProgress): void {
    const before = this.stand.progress.get(progress.publication);
    this.stand.heard(progress);
    const open = this.reader?.issue;
    const more = before?.pages !== progress.pages || before.state !== progress.state;
    if (open && !open.complete && more && open.publication === progress.publication) {
      // Should it fail, the pages come with the next word of the sync.
      void this.reader?.refresh().catch(() => undefined);
    }
  }
}
