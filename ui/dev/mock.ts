/** The shell's commands over an invented paper, in the browser (`npm run mock`). ?empty, ?offline, ?arriving, ?less, ?many, ?today and ?files show those cases. */
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

/** Issues that were taken away and can be brought back. */
const removed = new Set<string>();
const now = new Date().toISOString().slice(0, 10);
/** ?today moves the newest paper to the day it is looked at. */
const moved = (date: string) => (flags.has("today") && date === "2026-11-24" ? now : date);

/** ?many: twelve newspapers, sixty days of the first. */
async function manyCards(): Promise<shell.PublicationCard[]> {
  const all = (await issues).filter(({ slug }) => slug === "slrb");
  return Array.from({ length: 12 }, (_, paper) => ({
    id: paper === 0 ? "slrb" : `paper-${paper}`,
    name: `示例${["日报", "晚报", "早报", "商报", "都市报", "农民报", "青年报", "法治报", "教育周刊", "经济时报", "文学报", "晨报"][paper] ?? ""}`,
    url: `http://p${paper}.example.cn/`,
    copyright: null,
    readsLess: null,
    issues: Array.from({ length: paper === 0 ? 60 : 3 + paper }, (_, day) => {
      const card = issueCard(all[day % all.length] as Manifest, day);
      const earlier = `2026-${String(10 - Math.floor(day / 28)).padStart(2, "0")}-${String(28 - (day % 28)).padStart(2, "0")}`;
      return day < all.length ? card : { ...card, date: earlier };
    }),
  }));
}

async function cards(): Promise<shell.PublicationCard[]> {
  if (flags.has("many")) return manyCards();
  const all = (await issues).filter(({ slug, date }) => !removed.has(`${slug} ${date}`));
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
    date: moved(issue.date),
    complete: kept === issue.pages.length,
    pages: issue.pages.length,
    pagesKept: kept,
    unread: heads(issue).filter((article) => !read.has(idOf(issue, article.id))).length,
    coverPage: cover?.number ?? null,
    coverWidth: cover?.width ?? 0,
    coverHeight: cover?.height ?? 0,
    missing: issue.pages.slice(kept).map(({ number }) => number),
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

/** Sundays have no paper; the site has the days since the tenth. */
async function monthOf(publication: string, month: string): Answer<shell.CalendarMonth> {
  const own = (await cards()).find(({ id }) => id === publication)?.issues ?? [];
  const days = new Date(Number(month.slice(0, 4)), Number(month.slice(5)), 0).getDate();
  const state = (date: string, issue?: shell.IssueCard): shell.DayState => {
    if (issue) return issue.complete ? "here" : "partly";
    if (date > "2026-11-24") return "future";
    if (date < "2026-10-10") return "unknown";
    return new Date(`${date}T00:00:00Z`).getUTCDay() === 0 ? "absent" : "onSite";
  };
  return ok({
    publication,
    month,
    days: Array.from({ length: days }, (_, index) => {
      const date = `${month}-${String(index + 1).padStart(2, "0")}`;
      const issue = own.find((card) => card.date === date);
      return { date, state: state(date, issue), pages: issue?.pages ?? 0, pagesKept: issue?.pagesKept ?? 0 };
    }),
  });
}

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
      issues: 0,
      issuesTotal: 3,
      newPages: 0,
      runPages: 0,
      runPagesTotal: 24,
      runBytes: 0,
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
      tell({ state: "fetching", date: issue.date, pages, pagesTotal: 8, issues: 1, newPages: pages, runPages: pages, runBytes: pages * 431_000 });
      await wait(500);
    }
    if (flags.has("offline")) tell({ state: "failed", problem: { cause: "offline", host: "epaper.example.cn", date: null, detail: "connect to epaper.example.cn:80: connection refused" } });
    else tell({ state: cancelled ? "cancelled" : "done" });
  }
}

export const commands: typeof shell.commands = {
  start: () =>
    ok({
      version: "0.1.0",
      pageBase: "/mock",
      sampleHere: subscribed.size > 0,
      open: null,
      settings: { ...usual, locale: locales.find((locale) => locale === flags.get("lang")) ?? "zh-CN", theme: flags.get("theme") === "night" ? "night" : "light" },
    }),
  saveSettings: () => ok(null),
  newsstand: async () => {
    const [key, place] = [...places].at(-1) ?? [];
    const [publication = "", date = ""] = key?.split(" ") ?? [];
    return ok({ publications: await cards(), continueReading: place ? { publication, date, page: place.page } : null });
  },
  look: async (url) => {
    await wait(600);
    if (!/^https?:\/\/[^/]+\.[^/]+/.test(url)) return no("badAddress", url);
    if (flags.has("offline")) return no("offline", "connect to example.cn:80: connection refused");
    if (!url.includes("sl")) return no("notANewspaper", `${url}: no page, no list of pages, no calendar`);
    const finding = (name: string, slug: string): shell.Finding => ({
      name,
      url: `http://epaper.example.cn/${slug}/`,
      host: "epaper.example.cn",
      copyright: "示例日报社版权所有，未经书面授权不得转载",
      latest: "2026-11-24",
      pages: 8,
      bytes: 6_400_000,
      publication: null,
    });
    return ok(url.includes("house") ? [finding("示例日报", "slrb"), finding("示例晚报", "slwb")] : [finding("示例日报", "slrb")]);
  },
  addPublication: async (url) => {
    const slug = url.includes("slwb") ? "slwb" : "slrb";
    subscribed.add(slug);
    return ok((await cards()).filter(({ id }) => id === slug));
  },
  removeIssue: (publication, date) => {
    removed.add(`${publication} ${date}`);
    return ok(null);
  },
  restoreIssue: (publication, date) => {
    removed.delete(`${publication} ${date}`);
    return ok(null);
  },
  calendar: (publication, month) => monthOf(publication, month),
  askCalendar: async (publication, month) => {
    await wait(700);
    if (flags.has("offline")) return no("offline", "connect to epaper.example.cn:80: connection refused");
    return monthOf(publication, month);
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
  wantPages: () => ok(null),
  openSheet: async (publication, date, number) => {
    const page = (await issueOf(publication, date))?.pages.find((page) => page.number === number);
    if (!page) return no("noSuchIssue", number);
    const whole = page.pdf === null && page.picture !== null;
    return ok({ ...sheetOf(page), tileSize: whole ? 32768 : tileSize, kind: page.pdf ? "pdf" : "picture", points: page.pdf ? (page.width / 350) * 992.13 : null, cutShort: false });
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
  /** ?files shows what is said of files that were dropped. */
  fileDrag: {
    listen: async (heard: (event: { payload: shell.FileDrag }) => void) => {
      if (flags.has("files")) heard({ payload: { state: "dropped", names: ["第一版.pdf"] } });
      return () => undefined;
    },
  },
};
