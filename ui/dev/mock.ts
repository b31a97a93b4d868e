/** The shell's commands over an invented paper, in the browser (`npm run mock`). ?empty, ?offline, ?arriving and ?less show those cases. */
import { usual } from "../src/app/settings.svelte";
import type * as shell from "../src/lib/bindings";
import { locales } from "../src/lib/words.svelte";
import type { Manifest, ManifestArticle, ManifestPage } from "./drawn-paper.ts";
import { sheetOf, tileSize } from "./sheet.ts";

const flags = new URLSearchParams(location.search);
const issues = fetch("/mock/issues.json").then((answer) => answer.json() as Promise<Manifest[]>);
const read = new Set<string>();
const places = new Map<string, shell.Place>();
const listeners = new Set<(event: { payload: shell.SyncProgress }) => void>();
const subscribed = new Set<string>(flags.has("empty") ? [] : ["slrb", "slwb"]);
const held = flags.has("arriving") ? 3 : Infinity;
let cancelled = false;
let runs = 0;

type Answer<T> = Promise<{ status: "ok"; data: T } | { status: "error"; error: shell.AppError }>;
const ok = async <T>(data: T): Answer<T> => ({ status: "ok", data });
const no = async <T>(code: shell.AppError["code"], detail: string): Answer<T> => ({ status: "error", error: { code, detail } });
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const idOf = (issue: Manifest, article: number) => `${issue.slug}-${issue.date}-${article}`;
const headOf = (issue: Manifest, id: number) => issue.articles.find((article) => article.id === id)?.part?.of ?? id;
const heads = (issue: Manifest) => issue.articles.filter((article) => !article.part);
const parts = (issue: Manifest, head: number) => issue.articles.filter((article) => article.id === head || article.part?.of === head);

async function issueOf(slug: string, date: string): Promise<Manifest | undefined> {
  return (await issues).find((issue) => issue.slug === slug && issue.date === date);
}

async function cards(): Promise<shell.PublicationCard[]> {
  const all = await issues;
  return [...subscribed].flatMap((slug) => {
    const own = all.filter((issue) => issue.slug === slug).sort((a, b) => b.date.localeCompare(a.date));
    const [newest] = own;
    if (!newest) return [];
    return { id: slug, name: newest.publication, url: `http://example.cn/${slug}/`, copyright: newest.copyright, readsLess: flags.has("less") ? { since: newest.date, what: ["regions", "texts"] } : null, issues: own.map((issue, index) => issueCard(issue, index)) };
  });
}

function issueCard(issue: Manifest, index: number): shell.IssueCard {
  const kept = index === 0 ? Math.min(held, issue.pages.length) : issue.pages.length;
  const [cover] = issue.pages;
  return {
    publication: issue.slug,
    date: issue.date,
    complete: kept === issue.pages.length,
    pages: issue.pages.length,
    pagesKept: kept,
    unread: heads(issue).filter((article) => !read.has(idOf(issue, article.id))).length,
    coverPage: cover?.number ?? null,
    coverWidth: cover?.width ?? 0,
    coverHeight: cover?.height ?? 0,
  };
}

function pageView(issue: Manifest, page: ManifestPage): shell.PageView {
  return {
    number: page.number,
    name: page.name,
    width: page.width,
    height: page.height,
    kept: issue.pages.indexOf(page) < held,
    hasPdf: page.pdf !== null,
    hasPicture: page.picture !== null,
    regions: page.regions.map(({ article, polygon }) => ({ article: idOf(issue, headOf(issue, article)), polygon })),
    articles: page.list.map((article) => idOf(issue, headOf(issue, article))),
  };
}

function articleCard(issue: Manifest, article: ManifestArticle): shell.ArticleCard {
  const { kicker, headline, subheadline, byline } = article;
  const id = idOf(issue, article.id);
  const all = parts(issue, article.id);
  const blocks = all.flatMap((part) => part.blocks);
  return {
    id,
    pages: all.map(({ page }) => page),
    kicker,
    headline,
    subheadline,
    byline,
    characters: blocks.reduce((sum, block) => sum + (block.text?.length ?? 0), 0),
    pictures: blocks.filter(({ kind }) => kind === "picture").length,
    read: read.has(id),
  };
}

function ordered(issue: Manifest): ManifestArticle[] {
  const ids = issue.pages.flatMap((page) => page.list).filter((id) => headOf(issue, id) === id);
  return ids.flatMap((id) => issue.articles.find((article) => article.id === id) ?? []);
}

/** Invented, as the paper is. */
const listed: shell.CataloguePaper[] = ["全国", "山东", "山东 青岛", "浙江 杭州"].flatMap((region, place) =>
  ["示例日报", "示例晚报", "样张时报", "样张都市报"].map((name, number) => ({
    name: `${region.split(" ").at(-1)}${name}`,
    region,
    publisher: number % 2 === 0 ? "示例日报社" : null,
    url: `http://${number === 0 ? "sl" : "list"}${place}.example.cn/`,
    tested: null,
    readable: [true, null, false, true][number] ?? null,
  })),
);

async function pretendSync(slugs: string[]): Promise<void> {
  cancelled = false;
  const run = ++runs;
  const all = await issues;
  for (const slug of slugs) {
    const issue = all.find((issue) => issue.slug === slug);
    if (!issue) continue;
    const word: shell.SyncProgress = {
      run,
      state: "looking",
      publication: slug,
      name: issue.publication,
      date: null,
      pages: 0,
      pagesTotal: 0,
      articles: 0,
      bytes: 0,
      issues: 0,
      issuesTotal: 3,
      problem: null,
      notPublishedYet: false,
    };
    const tell = (change: Partial<shell.SyncProgress>) => {
      Object.assign(word, change);
      for (const listener of listeners) listener({ payload: { ...word } });
    };
    tell({});
    await wait(700);
    for (let pages = 0; pages <= 8 && !cancelled; pages++) {
      tell({ state: "fetching", date: issue.date, pages, pagesTotal: 8, articles: pages * 6, bytes: pages * 431_000, issues: 1 });
      await wait(500);
    }
    if (flags.has("offline")) tell({ state: "failed", problem: "connect to example.cn:80: connection refused" });
    else tell({ state: cancelled ? "cancelled" : "done" });
  }
}

export const commands: typeof shell.commands = {
  start: () =>
    ok({
      version: "0.1.0",
      pageBase: "/mock",
      sampleHere: subscribed.size > 0,
      settings: { ...usual, locale: locales.find((locale) => locale === flags.get("lang")) ?? "zh-CN", theme: flags.get("theme") === "night" ? "night" : "light" },
    }),
  saveSettings: () => ok(null),
  newsstand: async () => {
    const [key, place] = [...places].at(-1) ?? [];
    const [publication = "", date = ""] = key?.split(" ") ?? [];
    return ok({ publications: await cards(), continueReading: place ? { publication, date, page: place.page } : null });
  },
  addPublication: async (url) => {
    await wait(600);
    if (!/^https?:\/\/[^/]+\.[^/]+/.test(url)) return no("badAddress", url);
    if (flags.has("offline")) return no("offline", "connect to example.cn:80: connection refused");
    if (!url.includes("sl")) return no("notANewspaper", `${url}: no page, no list of pages, no calendar`);
    subscribed.add("slrb");
    return ok((await cards()).filter(({ id }) => id === "slrb"));
  },
  addSample: async () => {
    subscribed.add("slrb");
    return ok(await cards());
  },
  removePublication: (id) => {
    subscribed.delete(id);
    return ok(null);
  },
  sync: (publication) => {
    void pretendSync(publication ? [publication] : [...subscribed]);
    return ok(runs + 1);
  },
  cancelSync: () => {
    cancelled = true;
    return ok(null);
  },
  catalogue: async (query) => listed.filter(({ name, region }) => name.includes(query.trim()) || region?.includes(query.trim())),
  openIssue: async (publication, date) => {
    const issue = await issueOf(publication, date);
    if (!issue) return no("noSuchIssue", `${publication} ${date}`);
    const dates = (await issues).filter(({ slug }) => slug === publication).map((issue) => issue.date).sort();
    const at = dates.indexOf(date);
    return ok({
      publication,
      name: issue.publication,
      date,
      url: `http://example.cn/${publication}/`,
      complete: held === Infinity,
      copyright: issue.copyright,
      pages: issue.pages.map((page) => pageView(issue, page)),
      articles: ordered(issue).map((article) => articleCard(issue, article)),
      previousIssue: dates[at - 1] ?? null,
      nextIssue: dates[at + 1] ?? null,
      links: [
        { name: "示例晚报", url: "http://example.cn/slwb/" },
        { name: "网上投稿", url: "http://example.cn/tougao.html" },
        { name: "往期回顾", url: "http://example.cn/history.html" },
      ],
      place: places.get(`${publication} ${date}`) ?? null,
    });
  },
  openSheet: async (publication, date, number) => {
    const page = (await issueOf(publication, date))?.pages.find((page) => page.number === number);
    if (!page) return no("noSuchIssue", number);
    const whole = page.pdf === null && page.picture !== null;
    return ok({ ...sheetOf(page), tileSize: whole ? 32768 : tileSize, kind: page.pdf ? "pdf" : "picture", points: page.pdf ? (page.width / 350) * 992.13 : null });
  },
  readArticle: async (id) => {
    const [slug = "", year = "", month = "", day = "", number = ""] = id.split("-");
    const issue = await issueOf(slug, `${year}-${month}-${day}`);
    const article = issue?.articles.find((article) => article.id === Number(number));
    if (!issue || !article) return no("noSuchArticle", id);
    read.add(id);
    let picture = 0;
    const { kicker, headline, subheadline, byline } = article;
    return ok({
      id,
      publication: slug,
      publicationName: issue.publication,
      date: issue.date,
      pages: parts(issue, article.id).map(({ page }) => page),
      kicker,
      headline,
      subheadline,
      byline,
      blocks: parts(issue, article.id).flatMap(({ blocks }) =>
        blocks.map((block) => (block.kind === "picture" ? { kind: "picture", picture: picture++, caption: block.caption ?? "" } : block) as shell.BlockView),
      ),
      url: `http://example.cn/${slug}/content_${number}.htm`,
      copyright: issue.copyright,
      previous: null,
      next: null,
    });
  },
  savePlace: (publication, date, place) => {
    places.delete(`${publication} ${date}`);
    places.set(`${publication} ${date}`, place);
    return ok(null);
  },
  copyArticle: () => ok(null),
  saveArticlePicture: async (id) => {
    await wait(900);
    return ok({ file: `${id}.png`, folder: "/home/reader/Pictures/看报" });
  },
  savePagePicture: async (publication, date, page) => ok({ file: `${publication}-${date}-${page}.png`, folder: "/home/reader/Pictures/看报" }),
  openSavedPictures: () => ok(null),
  openInBrowser: () => ok(null),
};

export const events = {
  trackpadPinch: { listen: async () => () => undefined },
  syncProgress: {
    listen: async (heard: (event: { payload: shell.SyncProgress }) => void) => {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
  },
};
