/** What lies on the newsstand, and what is on its way there. */
import { SvelteMap } from "svelte/reactivity";
import { backend, Problem } from "../lib/backend";
import type { FileDrag, IssueCard, Newsstand, PublicationCard, SyncProgress, Wanted } from "../lib/bindings";
import { today } from "../lib/dates";

/** How many of the newest issues a sync looks for. */
export const latest: Wanted = { kind: "latest", count: 3 };

/** How long a removed issue can be brought back, in milliseconds. */
export const secondThoughts = 10_000;

const running = (progress: SyncProgress) => progress.state === "looking" || progress.state === "fetching";

/** An issue that was taken away a moment ago. */
export type Removed = { readonly publication: string; readonly name: string; readonly date: string };

export class Stand {
  publications = $state.raw<PublicationCard[]>([]);
  continueReading = $state.raw<Newsstand["continueReading"]>(null);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** The newest word about each publication's sync. */
  readonly progress = new SvelteMap<string, SyncProgress>();
  syncing = $derived([...this.progress.values()].some(running));
  /** The run that goes on, as a whole. */
  run = $derived([...this.progress.values()].filter(running).at(-1) ?? null);
  /** Those with a paper of today come first. */
  shelves = $derived.by(() => {
    const now = today();
    const hasToday = ({ issues }: PublicationCard) => issues.some(({ date }) => date === now);
    return [...this.publications.filter(hasToday), ...this.publications.filter((publication) => !hasToday(publication))];
  });
  /** Issues that can still be brought back, the last one last. */
  removed = $state.raw<Removed[]>([]);
  /** Files over the window, or just dropped on it. */
  files = $state.raw<FileDrag | null>(null);
  #starting = $state(false);
  #reloading: ReturnType<typeof setTimeout> | undefined;

  get busy(): boolean {
    return this.#starting || this.syncing;
  }

  async load(): Promise<void> {
    try {
      const { publications, continueReading } = await backend.newsstand();
      this.publications = publications;
      this.continueReading = continueReading;
    } catch (thrown) {
      this.problem = Problem.from(thrown);
    }
    this.loaded = true;
  }

  /** Subscribes to what is found at an address, and fetches its newest issues. */
  async add(address: string, count: number): Promise<void> {
    const added = await backend.addPublication(address);
    await this.load();
    for (const publication of added) await this.sync(publication.id, { kind: "latest", count });
  }

  async remove(id: string): Promise<void> {
    await this.#try(() => backend.removePublication(id));
    this.progress.delete(id);
    await this.load();
  }

  /** Takes an issue away; for a while it can be brought back. */
  async removeIssue(name: string, { publication, date }: IssueCard): Promise<void> {
    const removed: Removed = { publication, name, date };
    await this.#try(async () => {
      await backend.removeIssue(publication, date);
      this.removed = [...this.removed, removed];
      setTimeout(() => (this.removed = this.removed.filter((other) => other !== removed)), secondThoughts);
    });
    await this.load();
  }

  async restoreIssue(removed: Removed): Promise<void> {
    this.removed = this.removed.filter((other) => other !== removed);
    await this.#try(() => backend.restoreIssue(removed.publication, removed.date));
    await this.load();
  }

  async sync(publication: string | null, wanted: Wanted = latest): Promise<void> {
    this.#starting = true;
    await this.#try(() => backend.sync(publication, wanted));
    this.#starting = false;
  }

  async cancelSync(): Promise<void> {
    await this.#try(() => backend.cancelSync());
  }

  /** The sentence about a publication's sync was read. */
  dismiss(id: string): void {
    this.progress.delete(id);
  }

  heard(progress: SyncProgress): void {
    const before = this.progress.get(progress.publication);
    if (before && before.run > progress.run) return;
    this.progress.set(progress.publication, progress);
    const known = this.publications.some((publication) => publication.id === progress.publication);
    if (!known || !running(progress) || before?.pages !== progress.pages || before.date !== progress.date) this.#reloadSoon();
  }

  dragged(files: FileDrag): void {
    this.files = files.state === "left" ? null : files;
  }

  isRunning(id: string): boolean {
    const progress = this.progress.get(id);
    return progress !== undefined && running(progress);
  }

  /** Pages arrive faster than covers need to be looked at. */
  #reloadSoon(): void {
    if (this.#reloading !== undefined) return;
    this.#reloading = setTimeout(() => {
      this.#reloading = undefined;
      void this.load();
    }, 300);
  }

  async #try(action: () => Promise<unknown>): Promise<void> {
    try {
      this.problem = null;
      await action();
    } catch (thrown) {
      this.problem = Problem.from(thrown);
    }
  }
}
