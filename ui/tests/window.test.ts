// @vitest-environment jsdom
/** The window over a backend that answers at once: what is there to press, and what is said when something fails. */
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "../src/app/app.svelte";
import { usual } from "../src/app/settings.svelte";
import Window from "../src/app/Window.svelte";
import { backend, Problem } from "../src/lib/backend";
import type { CalendarMonth, FileDrag, Finding, FirstPlace, PublicationCard } from "../src/lib/bindings";

let drag: (drag: FileDrag) => void;
vi.mock("../src/lib/backend", async (original) => ({
  ...(await original<typeof import("../src/lib/backend")>()),
  backend: {
    newsstand: vi.fn(),
    look: vi.fn(),
    addPublication: vi.fn(),
    catalogue: vi.fn(),
    removeIssue: vi.fn(() => Promise.resolve(null)),
    restoreIssue: vi.fn(() => Promise.resolve(null)),
    calendar: vi.fn(),
    askCalendar: vi.fn(),
    sync: vi.fn(() => Promise.resolve(1)),
    saveSettings: vi.fn(() => Promise.resolve(null)),
    openIssue: vi.fn(),
    onFileDrag: vi.fn((tell: (drag: FileDrag) => void) => {
      drag = tell;
      return Promise.resolve(() => undefined);
    }),
    onSyncProgress: vi.fn(() => Promise.resolve(() => undefined)),
  },
}));
// What jsdom has no layout for.
Element.prototype.scrollIntoView = () => undefined;
vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
// jsdom knows dialogs, but not how they are shown.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
  this.dispatchEvent(new Event("close"));
};

const settings = { ...usual, locale: "zh-CN", theme: "light" } as const;
const paper: PublicationCard = {
  id: "slrb",
  name: "示例日报",
  url: "http://example.cn/",
  copyright: null,
  readsLess: null,
  issues: [
    { publication: "slrb", date: "2026-11-24", complete: true, pages: 4, pagesKept: 4, unread: 3, coverPage: "01", coverWidth: 350, coverHeight: 500, missing: [] },
    { publication: "slrb", date: "2026-11-23", complete: false, pages: 8, pagesKept: 3, unread: 0, coverPage: null, coverWidth: 0, coverHeight: 0, missing: ["02", "04", "06"] },
  ],
};

let window: Record<string, unknown>;

async function show(publications: PublicationCard[], open: FirstPlace | null = null) {
  vi.mocked(backend.newsstand).mockResolvedValue({ publications, continueReading: null });
  window = mount(Window, { target: document.body, props: { app: new App({ version: "0", pageBase: "page://localhost", settings, sampleHere: false, open }) } });
  await vi.waitFor(() => one("newsstand"));
}

function one(name: string): HTMLElement {
  flushSync();
  const element = document.querySelector<HTMLElement>(`[data-test="${name}"]`);
  if (!element) throw new Error(`nothing is called ${name}`);
  return element;
}

beforeEach(() => {
  vi.mocked(backend.openIssue).mockReset();
  vi.mocked(backend.look).mockReset();
  vi.mocked(backend.addPublication).mockReset();
  vi.mocked(backend.catalogue).mockReset();
});

afterEach(async () => {
  vi.useRealTimers();
  await unmount(window);
  document.body.replaceChildren();
});

test("with nothing kept, there are two ways to begin", async () => {
  await show([]);
  expect(one("add-sample").textContent).toBe("打开样报");
  one("add-newspaper").click();
  const field = one("add-address");
  expect(document.activeElement).toBe(field);
});

test("a first place that does not open leaves the newsstand, with the reason", async () => {
  vi.mocked(backend.openIssue).mockRejectedValue(new Problem({ code: "noSuchIssue", detail: "not in the library" }));
  await show([paper], { publication: "slrb", date: "2026-11-20", page: "02" });
  expect(backend.openIssue).toHaveBeenCalledWith("slrb", "2026-11-20");
  expect(one("problem").textContent).toContain("not in the library");
  expect(one("cover")).toBeTruthy();
});

test("an address that is no newspaper gives a sentence and keeps the address", async () => {
  await show([]);
  vi.mocked(backend.look).mockRejectedValue(new Problem({ code: "notANewspaper", detail: "no page" }));
  one("add-newspaper").click();
  const field = one("add-address") as HTMLInputElement;
  field.value = ' "www.example.cn/paper" ';
  field.dispatchEvent(new Event("input"));
  one("add-submit").click();
  await vi.waitFor(() => expect(one("problem").textContent).toContain("这个网址不像数字报。"));
  expect(backend.look).toHaveBeenCalledWith("http://www.example.cn/paper");
  expect(field.value).toContain("www.example.cn");
});

const listed = (name: string, region: string, readable: boolean | null) => ({ name, region, publisher: null, url: `http://${name}.example.cn/`, tested: null, readable });

test("a newspaper is picked from the catalogue with the keys, past what cannot be read", async () => {
  await show([]);
  const papers = [listed("甲报", "全国", false), listed("乙报", "全国", null), listed("丙报", "山东 青岛", true)];
  vi.mocked(backend.catalogue).mockImplementation((query) => Promise.resolve(query === "" ? papers : papers.slice(0, 2)));
  vi.mocked(backend.look).mockRejectedValue(new Problem({ code: "offline", detail: "" }));
  one("add-newspaper").click();
  one("catalogue-open").click();
  await vi.waitFor(() => one("catalogue-paper"));
  const shown = () => [...document.querySelectorAll<HTMLElement>('[data-test="catalogue-paper"]')];
  expect(shown().map((paper) => paper.textContent.replaceAll(/\s+/g, " ").trim())).toEqual(["甲报 还不能读", "乙报 未试过，不一定能读", "丙报 未试过 青岛"]);
  shown()[0]?.click();
  expect(backend.look).not.toHaveBeenCalled();

  const search = one("catalogue-search") as HTMLInputElement;
  search.value = "bao";
  search.dispatchEvent(new Event("input"));
  await vi.waitFor(() => {
    flushSync();
    expect(shown()).toHaveLength(2);
  });
  const current = () => document.getElementById(search.getAttribute("aria-activedescendant") ?? "")?.dataset["name"];
  expect(current()).toBe("乙报");
  search.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
  flushSync();
  expect(current()).toBe("乙报");
  search.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  expect(backend.look).toHaveBeenCalledWith("http://乙报.example.cn/");
  await vi.waitFor(() => expect((one("add-address") as HTMLInputElement).value).toBe("http://乙报.example.cn/"));
});

test("a source that reads less than it used to is said, and since when", async () => {
  await show([{ ...paper, readsLess: { since: "2026-11-20", what: ["texts", "regions"] } }]);
  expect(one("reads-less").textContent).toBe("11月20日 周五起，从这家网站读到的正文、热区比平时少，可能是网站改版了。已经取到的不受影响。");
});

test("covers say what they are", async () => {
  vi.setSystemTime(new Date(2026, 10, 24, 12));
  await show([paper]);
  const covers = [...document.querySelectorAll<HTMLElement>('[data-test="cover"]')];
  expect(covers.map((cover) => cover.textContent.replaceAll(/\s+/g, " ").trim())).toEqual([
    "打开示例日报 11月24日 周二 今天 4 版 3 篇未读",
    "打开示例日报 头版还没有到 11月23日 周一 3/8 版",
  ]);
  expect(covers[0]?.querySelector("img")?.getAttribute("src")).toBe("page://localhost/slrb/2026-11-24/01/cover");
  expect(covers[1]?.querySelector("img")).toBeNull();
});

test("an issue that is gone is said so on the newsstand", async () => {
  await show([paper]);
  vi.mocked(backend.openIssue).mockRejectedValue(new Problem({ code: "noSuchIssue", detail: "" }));
  one("cover").click();
  await vi.waitFor(() => expect(one("problem").textContent).toContain("书库里没有这一期。"));
});

test("the language changes in place, by the menu", async () => {
  await show([paper]);
  one("menu").click();
  one('menu-item"][data-command="language-en').click();
  expect(one("sync-all").textContent).toContain("Sync all");
  expect(document.documentElement.lang).toBe("en");
  await vi.waitFor(() => expect(document.querySelector("dialog")).toBeNull());
  one("menu").click();
  one('menu-item"][data-command="language-zh-CN').click();
  expect(one("sync-all").textContent).toContain("全部同步");
});

const finding: Finding = {
  name: "示例晚报",
  url: "http://epaper.example.cn/slwb/",
  host: "epaper.example.cn",
  copyright: "示例日报社版权所有",
  latest: "2026-11-23",
  pages: 4,
  bytes: 2 * 1024 * 1024,
  publication: null,
};

function type(name: string, value: string) {
  const field = one(name) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event("input"));
}

test("what would be fetched is told before anything is, and as many issues come as were chosen", async () => {
  await show([]);
  vi.mocked(backend.addPublication).mockClear();
  vi.mocked(backend.look).mockResolvedValue([finding]);
  one("add-newspaper").click();
  type("add-address", "epaper.example.cn/slwb/");
  one("add-submit").click();
  await vi.waitFor(() => one("finding"));
  for (const words of ["示例晚报", "epaper.example.cn", "示例日报社版权所有", "2026年11月23日", "4 版，约 2.0 MB"]) expect(one("finding").textContent).toContain(words);
  expect(one("sum").textContent).toContain("3 期约 12 版，约 6.0 MB");
  expect(backend.addPublication).not.toHaveBeenCalled();
  one("count-7").querySelector("input")?.click();
  flushSync();
  expect(one("sum").textContent).toContain("7 期约 28 版");
  vi.mocked(backend.addPublication).mockResolvedValue([{ ...paper, id: "slwb" }]);
  one("add-confirm").click();
  await vi.waitFor(() => expect(backend.sync).toHaveBeenCalledWith("slwb", { kind: "latest", count: 7 }));
  expect(backend.addPublication).toHaveBeenCalledWith("http://epaper.example.cn/slwb/");
});

test("of several newspapers at one address one is chosen, and a size nobody told is not made up", async () => {
  await show([]);
  vi.mocked(backend.look).mockResolvedValue([{ ...finding, name: "示例日报", url: "http://epaper.example.cn/slrb/" }, { ...finding, bytes: null }]);
  one("add-newspaper").click();
  type("add-address", "epaper.example.cn");
  one("add-submit").click();
  await vi.waitFor(() => one("finding"));
  expect(one("finding").textContent).toContain("示例日报");
  document.querySelectorAll<HTMLInputElement>('[data-test="title"] input')[1]?.click();
  flushSync();
  expect(one("finding").textContent).toContain("示例晚报");
  expect(one("found").textContent).not.toContain("MB");
  one("add-another").click();
  expect((one("add-address") as HTMLInputElement).value).toBe("epaper.example.cn");
});

test("what is missing of an issue is said, and fetched with one click", async () => {
  await show([paper]);
  expect(one("lacking").textContent).toBe("缺第02、04、06版");
  one("fetch-rest").click();
  await vi.waitFor(() => expect(backend.sync).toHaveBeenCalledWith("slrb", { kind: "day", date: "2026-11-23" }));
});

test("an issue goes at once and comes back", async () => {
  await show([paper]);
  one("remove-issue").click();
  await vi.waitFor(() => expect(one("removed").textContent).toContain("已移除 示例日报 11月24日"));
  one("undo").click();
  await vi.waitFor(() => expect(backend.restoreIssue).toHaveBeenCalledWith("slrb", "2026-11-24"));
  flushSync();
  expect(document.querySelector('[data-test="removed"]')).toBeNull();
});

const states = ["onSite", "absent", "partly", "here", "unknown"] as const;
const november: CalendarMonth = {
  publication: "slrb",
  month: "2026-11",
  days: Array.from({ length: 30 }, (_, index) => {
    const date = `2026-11-${String(index + 1).padStart(2, "0")}`;
    return { date, state: states[index - 19] ?? (index < 19 ? "onSite" : "future"), pages: 8, pagesKept: 3 };
  }),
};

async function openCalendar() {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  vi.mocked(backend.calendar).mockImplementation((_, month) => Promise.resolve({ ...november, month, days: month === "2026-11" ? november.days : [] }));
  await show([paper]);
  one("calendar-open").click();
  await vi.waitFor(() => one("day"));
}

test("a calendar's day says what it is, opens or is fetched, and the keys walk over the days", async () => {
  await openCalendar();
  const day = (date: string) => one(`day"][data-date="${date}`);
  expect(day("2026-11-23").getAttribute("aria-label")).toBe("2026年11月23日 星期一，在本机，8 版");
  expect(day("2026-11-22").getAttribute("aria-label")).toContain("没有取全，3/8 版");
  expect(day("2026-11-21").getAttribute("aria-disabled")).toBe("true");
  expect(document.querySelectorAll('[data-test="day"][tabindex="0"]').length).toBe(1);
  day("2026-11-20").click();
  await vi.waitFor(() => expect(backend.sync).toHaveBeenCalledWith("slrb", { kind: "day", date: "2026-11-20" }));
  day("2026-11-20").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
  await vi.waitFor(() => expect(document.activeElement).toBe(day("2026-11-13")));
  day("2026-11-13").dispatchEvent(new KeyboardEvent("keydown", { key: "PageUp", bubbles: true }));
  await vi.waitFor(() => expect(backend.calendar).toHaveBeenCalledWith("slrb", "2026-10"));
});

test("a span is counted before it is fetched", async () => {
  await openCalendar();
  const day = (date: string) => one(`day"][data-date="${date}`);
  one("calendar-range").click();
  day("2026-11-24").click();
  day("2026-11-20").click();
  expect(one("calendar-sum").textContent).toMatch(/要取 2 期。\s*1 天不知道有没有出报。/);
  one("calendar-fetch").click();
  await vi.waitFor(() => expect(backend.sync).toHaveBeenCalledWith("slrb", { kind: "range", since: "2026-11-20", until: "2026-11-24" }));
});

test("files dropped on the window are refused in words", async () => {
  await show([paper]);
  drag({ state: "dropped", names: ["一版.pdf"] });
  expect(one("files-dropped").textContent).toContain("没有收下“一版.pdf”。");
  one("files-dismiss").click();
  flushSync();
  expect(document.querySelector('[data-test="files-dropped"]')).toBeNull();
});
