/** What lies on the newsstand, and what is on its way there. */
import { SvelteMap } from "svelte/reactivity";
import { backend, Problem } from "../lib/backend";
import type { Newsstand, PublicationCard, SyncProgress } from "../lib/bindings";

/** How many of the newest issues a sync looks for. */
export const latest = 3;

const running = (progress: SyncProgress) => progress.state === "looking" || progress.state === "fetching";

export class Stand {
  publications = $state.raw<PublicationCard[]>([]);
  continueReading = $state.raw<Newsstand["continueReading"]>(null);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** The newest word about each publication's sync. */
  readonly progress = new SvelteMap<string, SyncProgress>();
  syncing = $derived([...this.progress.values()].some(running));
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
  async add(address: string): Promise<void> {
    const added = await backend.addPublication(address);
    await this.load();
    await Promise.all(added.map((publication) => this.sync(publication.id)));
  }

  async remove(id: string): Promise<void> {
    await this.#try(() => backend.removePublication(id));
    this.progress.delete(id);
    await this.load();
  }

  async sync(publication: string | null): Promise<void> {
    this.#starting = true;
    await this.#try(() => backend.sync(publication, latest));
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
