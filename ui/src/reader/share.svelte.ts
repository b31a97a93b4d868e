/** Taking an article or its page out of the program; the shell sees to it that its origin goes with it. */
import { backend, Problem } from "../lib/backend";
import type { CopyWhat, SavedPicture } from "../lib/bindings";
import type { MessageKey } from "../lib/words.svelte";

const copied: Record<CopyWhat, MessageKey> = {
  text: "share_copied_text",
  citation: "share_copied_citation",
  link: "share_copied_link",
};

/** What there is to share, and whom to tell of what went wrong. */
type Sharing = {
  readonly issue: { readonly publication: string; readonly date: string };
  readonly number: string;
  readonly article: { readonly id: string } | null;
  problem: Problem | null;
};

export class Share {
  /** What was done last, until the next thing is. */
  copied = $state.raw<MessageKey | null>(null);
  saved = $state.raw<SavedPicture | null>(null);
  /** A picture is being drawn. */
  drawing = $state(false);
  readonly #of: Sharing;

  constructor(of: Sharing) {
    this.#of = of;
  }

  get said(): boolean {
    return this.copied !== null || this.saved !== null;
  }

  dismiss(): void {
    this.copied = null;
    this.saved = null;
  }

  async copy(what: CopyWhat): Promise<void> {
    const article = this.#of.article;
    if (!article) return;
    await this.#try(async () => {
      await backend.copyArticle(article.id, what);
      this.copied = copied[what];
    });
  }

  async saveArticle(): Promise<void> {
    const article = this.#of.article;
    if (article) await this.#draw(() => backend.saveArticlePicture(article.id));
  }

  async savePage(): Promise<void> {
    const { issue, number } = this.#of;
    await this.#draw(() => backend.savePagePicture(issue.publication, issue.date, number));
  }

  async openFolder(): Promise<void> {
    await this.#try(() => backend.openSavedPictures(), false);
  }

  async #draw(save: () => Promise<SavedPicture>): Promise<void> {
    // A second press while the first is being drawn would only save the same once more.
    if (this.drawing) return;
    this.drawing = true;
    await this.#try(async () => {
      this.saved = await save();
    });
    this.drawing = false;
  }

  async #try(work: () => Promise<unknown>, afresh = true): Promise<void> {
    if (afresh) this.dismiss();
    try {
      await work();
    } catch (thrown) {
      this.#of.problem = Problem.from(thrown);
    }
  }
}
