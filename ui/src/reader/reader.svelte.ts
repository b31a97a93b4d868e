/** One open issue: which page and which article, and every way to the next. */
import { backend, Problem } from "../lib/backend";
import type { ArticleCard, ArticleView, IssueView, PageView, Place } from "../lib/bindings";
import { openings } from "./facing";
import { Guided } from "./guided.svelte";
import type { Paper } from "./blocks";
import type { Grey } from "./columns";
import { articleBeside, articlesOn, pageAt, pageFor } from "./order";
import { Previews } from "./previews";
import { Share } from "./share.svelte";
import type { Sharpness, View } from "./viewer";

/** What the open page's picture can be asked to do. */
export type PageControls = {
  zoom(direction: 1 | -1): void;
  whole(): void;
  /** As wide as the desk. */
  width(): void;
  /** As large as it is printed. */
  print(): void;
  /** An article's block as large as it can be; again, the whole page. */
  block(article: string): void;
  pan(dx: number, dy: number): void;
  /** Moves on by so many of the desk's heights. */
  scroll(screens: number): void;
};

/** How large the desk is, in CSS pixels, and what paper the open page is. */
export type Desk = Paper & { readonly width: number; readonly height: number };

const savePause = 600;
/** So many pages of an issue are found again as they were left. */
const mostViews = 200;

export class Reader {
  issue: IssueView;
  /** The page asked for; `shown` follows when its picture is there. */
  number = $state("");
  /** The pages whose pictures are on the desk. */
  shown = $state.raw<{ numbers: readonly string[]; sharpness: Sharpness } | null>(null);
  /** Two pages lie side by side, where the paper has them so. */
  facing = $state(false);
  /** All pages lie below each other. */
  rolled = $state(false);
  /** Being led from block to block. */
  guided = $state.raw<Guided | null>(null);
  desk = $state.raw<Desk | null>(null);
  /** The print of the page that the reader is led over, once it was looked at, and whether that is still going on. */
  grey = $state.raw<(Grey & { readonly number: string }) | null>(null);
  looking = $state(false);
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

  /** What was seen of pages, by their names; the one that was left last is the last. */
  // Asked for when a page is shown; nothing on the screen depends on it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly views = new Map<string, View>();

  page = $derived.by(() => pageAt(this.issue, this.number) ?? this.issue.pages[0] ?? null);
  openings = $derived.by(() => (this.facing ? openings(this.issue.pages) : this.issue.pages.map((page) => [page])));
  /** The open page, and the one that faces it. */
  opening = $derived.by(() => this.openings.find((pages) => pages.some(({ number }) => number === this.page?.number)) ?? []);
  /** The numbers of the open pages, as one reads them out. */
  numbers = $derived.by(() => this.opening.map(({ number }) => number).join("–"));
  /** The headlines of the open pages, each once: under the first page that has it. */
  lists = $derived.by(() => {
    // Lives as long as this counting.
    // eslint-disable-next-line svelte/prefer-svelte-reactivity
    const listed = new Set<string>();
    return this.opening.map((page) => {
      const articles = articlesOn(this.issue, page).filter(({ id }) => !listed.has(id));
      for (const { id } of articles) listed.add(id);
      return { page, articles };
    });
  });
  articles = $derived.by(() => this.lists.flatMap(({ articles }) => articles));
  readonly share = new Share(this);
  readonly previews = new Previews();
  /** Where each article was left while the issue is open, as fractions. */
  readonly #left: Record<string, number> = {};
  #opening = 0;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(issue: IssueView, page?: string) {
    this.issue = $state.raw(issue);
    for (const { page: name, ...view } of issue.place?.views ?? []) this.views.set(name, view);
    const place = page === undefined ? issue.place : null;
    this.number = pageAt(issue, page ?? place?.page ?? "")?.number ?? issue.pages[0]?.number ?? "";
    if (place?.article && this.card(place.article)) {
      this.#left[place.article] = place.scroll;
      void this.#read(place.article);
    }
  }

  card(id: string | null): ArticleCard | null {
    return this.issue.articles.find((article) => article.id === id) ?? null;
  }

  // Pages

  /** Where turning back or on leads: the first page of what lies open there. */
  get previousPage(): PageView | null {
    return this.#openingBeside(-1)[0] ?? null;
  }

  get nextPage(): PageView | null {
    return this.#openingBeside(1)[0] ?? null;
  }

  /** What lies open one turn on, or back. */
  #openingBeside(step: 1 | -1): readonly PageView[] {
    const number = this.page?.number;
    const here = this.openings.findIndex((pages) => pages.some((page) => page.number === number));
    return this.openings[here + step] ?? [];
  }

  /** The pages that a turn may show next. */
  get neighbours(): readonly PageView[] {
    return [...this.#openingBeside(1), ...this.#openingBeside(-1)];
  }

  turn(step: 1 | -1): void {
    const page = step === 1 ? this.nextPage : this.previousPage;
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
    this.guided?.start();
    this.#savePlaceSoon();
  }

  /** The reader scrolled to a page: it is there already. */
  scrolledTo(number: string): void {
    if (number === this.number || !pageAt(this.issue, number)) return;
    this.number = number;
    this.#savePlaceSoon();
  }

  /** What is seen of pages now, to find them so again. */
  seen(name: string, view: View): void {
    const before = this.views.get(name);
    if (before && JSON.stringify(before) === JSON.stringify(view)) return;
    if (![view.factor, view.x, view.y].every(Number.isFinite)) return;
    this.views.delete(name);
    this.views.set(name, view);
    for (const oldest of [...this.views.keys()].slice(0, -mostViews)) this.views.delete(oldest);
    this.#savePlaceSoon();
  }

  /** Goes on by so many screens: in the open article, else on the page. */
  scrollOn(screens: number): void {
    if (this.scrollText) this.scrollText(screens);
    else this.controls?.scroll(screens);
  }

  /** More of the issue arrived while it was being read. */
  async refresh(): Promise<void> {
    const issue = await backend.openIssue(this.issue.publication, this.issue.date);
    if (pageAt(issue, this.number)) this.issue = issue;
  }

  /** The same words in another script; the reader stays where they are. */
  async reword(): Promise<void> {
    const id = this.article?.id;
    try {
      const [, article] = await Promise.all([this.refresh(), id ? backend.readArticle(id) : null]);
      if (article && this.article?.id === id) this.article = article;
    } catch (thrown) {
      this.problem = Problem.from(thrown);
    }
  }

  // Articles

  /** Marks an article's region at once; `open` brings the text. */
  mark(id: string | null): void {
    this.marked = id ?? this.article?.id ?? null;
  }

  async open(id: string): Promise<void> {
    const card = this.card(id);
    if (!card) return;
    this.goTo(this.#pageOf(card));
    this.guided?.startAt(id);
    await this.#openText(id);
  }

  /** Where an article is, the open pages first. */
  #pageOf(card: ArticleCard): string {
    const here = [this.number, ...this.opening.map(({ number }) => number)].find((number) => card.pages.includes(number));
    return here ?? pageFor(this.issue, card, this.number);
  }

  /** The open text follows the block that is being read; nothing opens where none is. */
  follow(id: string): void {
    if (this.article && this.marked !== id) void this.#openText(id);
  }

  async #openText(id: string): Promise<void> {
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
    const here = this.opening.some(({ number }) => article.pages.includes(number));
    const first = article.pages.find((number) => pageAt(this.issue, number));
    if (!here && first) this.goTo(first);
    await this.open(article.id);
  }

  scrolled(fraction: number): void {
    this.scroll = fraction;
    if (this.article) this.#left[this.article.id] = fraction;
    this.#savePlaceSoon();
  }

  async #read(id: string): Promise<void> {
    const opening = ++this.#opening;
    this.marked = id;
    try {
      const article = await backend.readArticle(id);
      if (opening !== this.#opening) return;
      this.scroll = this.#left[id] ?? 0;
      this.article = article;
      this.share.dismiss();
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

  // Guided reading

  /** Leads the reader from block to block: from the open article, else from the page's first; again, goes on. */
  guide(): void {
    if (this.guided) {
      this.guided.next();
      return;
    }
    const card = this.card(this.marked);
    if (card) this.goTo(this.#pageOf(card));
    this.guided = new Guided(this);
    this.guided.startAt(this.marked);
  }

  endGuided(): void {
    if (!this.guided) return;
    this.guided = null;
    this.controls?.whole();
  }

  // Place

  #savePlaceSoon(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.savePlace(), savePause);
  }

  /** Keeps where the reader is. Losing it costs a page turn, so a failure is not worth a word. */
  savePlace(): void {
    clearTimeout(this.#saving);
    const views = [...this.views].map(([page, view]) => ({ page, ...view }));
    const place: Place = { page: this.number, article: this.article?.id ?? null, scroll: this.scroll, views };
    void backend.savePlace(this.issue.publication, this.issue.date, place).catch(() => undefined);
  }
}
