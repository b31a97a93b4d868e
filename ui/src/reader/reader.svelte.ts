/** One open issue: which page and which article, and every way to the next. */
import { backend, Problem } from "../lib/backend";
import type { ArticleCard, ArticleView, IssueView, PageView, Place } from "../lib/bindings";
import { articleBeside, articlesOn, pageAt, pageBeside, pageFor } from "./order";
import type { Sharpness } from "./viewer";

/** What the open page's picture can be asked to do. */
export type PageControls = {
  zoom(direction: 1 | -1): void;
  whole(): void;
  pan(dx: number, dy: number): void;
};

const savePause = 600;

export class Reader {
  issue: IssueView;
  /** The page asked for; `shown` follows when its picture is there. */
  number = $state("");
  shown = $state.raw<{ number: string; sharpness: Sharpness } | null>(null);
  /** Which way the last page turn went, for its motion. */
  direction = $state<1 | -1>(1);
  /** The article whose region is marked; its text follows in `article`. */
  marked = $state<string | null>(null);
  article = $state.raw<ArticleView | null>(null);
  /** The article whose region is under the pointer or has the focus. */
  lit = $state<string | null>(null);
  percent = $state(100);
  problem = $state.raw<Problem | null>(null);
  /** Where in the article's text the reader is, as a fraction. */
  scroll = 0;
  /** The open article was asked for by keyboard: the focus goes to it, and comes back when it closes. */
  followFocus = false;
  controls: PageControls | null = null;
  /** Scrolls the open article by so many of its screens. */
  scrollText: ((screens: number) => void) | null = null;

  page = $derived.by(() => pageAt(this.issue, this.number) ?? this.issue.pages[0] ?? null);
  articles = $derived.by(() => (this.page ? articlesOn(this.issue, this.page) : []));
  #opening = 0;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(issue: IssueView, page?: string) {
    this.issue = $state.raw(issue);
    const place = page === undefined ? issue.place : null;
    this.number = pageAt(issue, page ?? place?.page ?? "")?.number ?? issue.pages[0]?.number ?? "";
    if (place?.article && this.card(place.article)) {
      this.scroll = place.scroll;
      void this.#read(place.article);
    }
  }

  card(id: string | null): ArticleCard | null {
    return this.issue.articles.find((article) => article.id === id) ?? null;
  }

  // Pages

  get previousPage(): PageView | null {
    return pageBeside(this.issue, this.number, -1);
  }

  get nextPage(): PageView | null {
    return pageBeside(this.issue, this.number, 1);
  }

  turn(step: 1 | -1): void {
    const page = pageBeside(this.issue, this.number, step);
    if (page) this.goTo(page.number);
  }

  goToEnd(which: "first" | "last"): void {
    const page = this.issue.pages.at(which === "first" ? 0 : -1);
    if (page) this.goTo(page.number);
  }

  goTo(number: string): void {
    if (number === this.number || !pageAt(this.issue, number)) return;
    const order = this.issue.pages.map((page) => page.number);
    this.direction = order.indexOf(number) > order.indexOf(this.number) ? 1 : -1;
    this.number = number;
    this.lit = null;
    this.#savePlaceSoon();
  }

  /** More of the issue arrived while it was being read. */
  async refresh(): Promise<void> {
    const issue = await backend.openIssue(this.issue.publication, this.issue.date);
    if (pageAt(issue, this.number)) this.issue = issue;
  }

  // Articles

  /** Marks an article's region at once; `open` brings the text. */
  mark(id: string | null): void {
    this.marked = id ?? this.article?.id ?? null;
  }

  async open(id: string): Promise<void> {
    const card = this.card(id);
    if (!card) return;
    this.goTo(pageFor(this.issue, card, this.number));
    this.scroll = 0;
    await this.#read(id);
    this.#savePlaceSoon();
  }

  close(): void {
    this.#opening++;
    this.marked = null;
    this.article = null;
    this.scroll = 0;
    this.#savePlaceSoon();
  }

  beside(step: 1 | -1): ArticleCard | null {
    return this.page ? articleBeside(this.issue, this.marked, this.page, step) : null;
  }

  async openBeside(step: 1 | -1): Promise<void> {
    const article = this.beside(step);
    if (!article) return;
    // Going through an issue article by article turns the pages with them.
    const here = article.pages.includes(this.number);
    const first = article.pages.find((number) => pageAt(this.issue, number));
    if (!here && first) this.goTo(first);
    await this.open(article.id);
  }

  scrolled(fraction: number): void {
    this.scroll = fraction;
    this.#savePlaceSoon();
  }

  async #read(id: string): Promise<void> {
    const opening = ++this.#opening;
    this.marked = id;
    try {
      const article = await backend.readArticle(id);
      if (opening !== this.#opening) return;
      this.article = article;
      this.problem = null;
      this.issue = {
        ...this.issue,
        articles: this.issue.articles.map((card) => (card.id === id ? { ...card, read: true } : card)),
      };
    } catch (thrown) {
      if (opening !== this.#opening) return;
      this.marked = this.article?.id ?? null;
      this.problem = Problem.from(thrown);
    }
  }

  // Place

  #savePlaceSoon(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.savePlace(), savePause);
  }

  /** Keeps where the reader is. Losing it costs a page turn, so a failure is not worth a word. */
  savePlace(): void {
    clearTimeout(this.#saving);
    const place: Place = { page: this.number, article: this.article?.id ?? null, scroll: this.scroll };
    void backend.savePlace(this.issue.publication, this.issue.date, place).catch(() => undefined);
  }
}
