import { beforeEach, expect, test, vi } from "vitest";
import type { IssueCard, PublicationCard, SyncCause, SyncProgress } from "../lib/bindings";
import { backend, Problem } from "../lib/backend";
import { today } from "../lib/dates";
import { words } from "../lib/words.svelte";
import { failure } from "./failure";
import { secondThoughts, Stand } from "./stand.svelte";

vi.mock("../lib/backend", async (original) => ({
  ...(await original<typeof import("../lib/backend")>()),
  backend: { newsstand: vi.fn(), addPublication: vi.fn(), removePublication: vi.fn(), removeIssue: vi.fn(), restoreIssue: vi.fn(), sync: vi.fn(), cancelSync: vi.fn() },
}));

const publication = (id: string): PublicationCard => ({ id, name: id, url: `http://example.cn/${id}/`, copyright: null, readsLess: null, issues: [] });

function progress(change: Partial<SyncProgress>): SyncProgress {
  return {
    run: 1,
    state: "fetching",
    publication: "slrb",
    name: "示例日报",
    date: "2026-11-24",
    pages: 0,
    pagesTotal: 8,
    issues: 0,
    issuesTotal: 1,
    newPages: 0,
    runPages: 0,
    runPagesTotal: 8,
    runBytes: 0,
    problem: null,
    notPublishedYet: false,
    ...change,
  };
}

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(backend.newsstand).mockResolvedValue({ publications: [publication("slrb")], continueReading: null });
  vi.mocked(backend.sync).mockResolvedValue(1);
});

test("a newspaper that was added is fetched at once", async () => {
  vi.mocked(backend.addPublication).mockResolvedValue([publication("slrb"), publication("slwb")]);
  await new Stand().add("http://example.cn/", 7);
  expect(vi.mocked(backend.sync).mock.calls).toEqual(["slrb", "slwb"].map((id) => [id, { kind: "latest", count: 7 }]));
});

test("a newspaper that was not found is the field's problem, not the newsstand's", async () => {
  vi.mocked(backend.addPublication).mockRejectedValue(new Problem({ code: "notANewspaper", detail: "" }));
  const stand = new Stand();
  await expect(stand.add("http://example.cn/", 3)).rejects.toThrow(Problem);
  expect(stand.problem).toBeNull();
});

test("a sync runs from its first word to its last", () => {
  const stand = new Stand();
  expect(stand.syncing).toBe(false);
  stand.heard(progress({ state: "looking" }));
  expect([stand.syncing, stand.isRunning("slrb"), stand.isRunning("slwb")]).toEqual([true, true, false]);
  stand.heard(progress({ state: "done" }));
  expect(stand.syncing).toBe(false);
});

test("a late word of an earlier run is not believed", () => {
  const stand = new Stand();
  stand.heard(progress({ run: 2, pages: 5 }));
  stand.heard(progress({ run: 1, pages: 8, state: "done" }));
  expect(stand.progress.get("slrb")?.pages).toBe(5);
});

test("covers are looked at again as pages arrive, but not for each", async () => {
  vi.useFakeTimers();
  const stand = new Stand();
  await stand.load();
  vi.mocked(backend.newsstand).mockClear();
  for (let pages = 1; pages <= 8; pages++) stand.heard(progress({ pages }));
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  expect(backend.newsstand).toHaveBeenCalledTimes(1);
});

test("a sync that cannot begin says why", async () => {
  vi.mocked(backend.sync).mockRejectedValue(new Problem({ code: "libraryBusy", detail: "" }));
  const stand = new Stand();
  await stand.sync(null);
  expect([stand.problem?.code, stand.busy]).toEqual(["libraryBusy", false]);
});

const issue = (publication: string, date: string): IssueCard => ({
  publication,
  date,
  complete: true,
  pages: 4,
  pagesKept: 4,
  unread: 0,
  coverPage: "01",
  coverWidth: 350,
  coverHeight: 500,
  missing: [],
});

test("newspapers with a paper of today come first, the others in their order", async () => {
  const papers = [publication("a"), { ...publication("b"), issues: [issue("b", "2020-01-01")] }, { ...publication("c"), issues: [issue("c", today())] }];
  vi.mocked(backend.newsstand).mockResolvedValue({ publications: papers, continueReading: null });
  const stand = new Stand();
  await stand.load();
  expect(stand.shelves.map(({ id }) => id)).toEqual(["c", "a", "b"]);
});

test("a removed issue can be brought back for a while", async () => {
  vi.useFakeTimers();
  const stand = new Stand();
  await stand.removeIssue("示例日报", issue("slrb", "2026-11-24"));
  expect(backend.removeIssue).toHaveBeenCalledWith("slrb", "2026-11-24");
  const [removed] = stand.removed;
  expect(removed).toMatchObject({ name: "示例日报", date: "2026-11-24" });
  if (removed) await stand.restoreIssue(removed);
  expect(backend.restoreIssue).toHaveBeenCalledWith("slrb", "2026-11-24");
  expect(stand.removed).toEqual([]);

  await stand.removeIssue("示例日报", issue("slrb", "2026-11-23"));
  vi.advanceTimersByTime(secondThoughts);
  expect(stand.removed).toEqual([]);
  vi.useRealTimers();
});

test("an issue that could not be removed stays, and the reason is said", async () => {
  vi.mocked(backend.removeIssue).mockRejectedValue(new Problem({ code: "libraryFull", detail: "" }));
  const stand = new Stand();
  await stand.removeIssue("示例日报", issue("slrb", "2026-11-24"));
  expect([stand.removed, stand.problem?.code]).toEqual([[], "libraryFull"]);
});

test("two newspapers of one run end each for itself", () => {
  const stand = new Stand();
  stand.heard(progress({ state: "failed", problem: { cause: "offline", host: "a.cn", date: null, detail: "" } }));
  stand.heard(progress({ publication: "slwb", runPages: 3 }));
  expect([stand.syncing, stand.isRunning("slrb"), stand.run?.publication]).toEqual([true, false, "slwb"]);
  stand.heard(progress({ publication: "slwb", state: "done" }));
  expect([stand.syncing, stand.run]).toEqual([false, null]);
});

test("why a sync failed is one sentence with the site and the day", () => {
  words.locale = "zh-CN";
  const problem = { host: "epaper.example.cn", date: "2026-11-22", detail: "HTTP 503" };
  const told = (cause: SyncCause) => failure(progress({ state: "failed", problem: { ...problem, cause } }));
  expect(told("offline")).toBe("没有连上 epaper.example.cn。报纸都在本机，可以照常看；联网后再同步，会接着取。");
  expect(told("noIssue")).toContain("示例日报 11月22日");
  for (const cause of ["siteTrouble", "refused", "notRead", "incomplete", "libraryFull", "other"] as const) expect(told(cause)).not.toMatch(/503|HTTP|\{/);
});

test("files that leave the window again are no news", () => {
  const stand = new Stand();
  stand.dragged({ state: "over", names: ["a.pdf"] });
  expect(stand.files?.state).toBe("over");
  stand.dragged({ state: "left", names: [] });
  expect(stand.files).toBeNull();
});
