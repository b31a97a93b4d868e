import { beforeEach, expect, test, vi } from "vitest";
import { backend, Problem } from "../lib/backend";
import { Share } from "./share.svelte";

vi.mock("../lib/backend", async (original) => ({
  ...(await original<typeof import("../lib/backend")>()),
  backend: { copyArticle: vi.fn(), saveArticlePicture: vi.fn(), savePagePicture: vi.fn(), openSavedPictures: vi.fn() },
}));

const picture = { file: "示例日报.png", folder: "/home/reader/Pictures/看报" };
const open = () => ({ issue: { publication: "slrb", date: "2026-11-24" }, number: "02", article: { id: "7" }, problem: null as Problem | null });

beforeEach(() => {
  vi.mocked(backend.copyArticle).mockReset().mockResolvedValue(null);
  vi.mocked(backend.saveArticlePicture).mockReset().mockResolvedValue(picture);
  vi.mocked(backend.savePagePicture).mockReset().mockResolvedValue(picture);
});

test("what was done last is said", async () => {
  const share = new Share(open());
  await share.copy("citation");
  expect(backend.copyArticle).toHaveBeenCalledWith("7", "citation");
  expect(share.copied).toBe("share_copied_citation");
  await share.savePage();
  expect(backend.savePagePicture).toHaveBeenCalledWith("slrb", "2026-11-24", "02");
  expect([share.copied, share.saved]).toEqual([null, picture]);
  share.dismiss();
  expect(share.said).toBe(false);
});

test("what was not done is a problem, and nothing is said to be done", async () => {
  const of = open();
  const share = new Share(of);
  await share.copy("text");
  vi.mocked(backend.saveArticlePicture).mockRejectedValue(new Problem({ code: "notSaved", detail: "read-only" }));
  await share.saveArticle();
  expect([of.problem?.code, share.said, share.drawing]).toEqual(["notSaved", false, false]);
});

test("pressing twice draws once", async () => {
  const share = new Share(open());
  await Promise.all([share.saveArticle(), share.saveArticle()]);
  expect(backend.saveArticlePicture).toHaveBeenCalledTimes(1);
});

test("with no article open there is only the page", async () => {
  const share = new Share({ ...open(), article: null });
  await share.copy("text");
  await share.saveArticle();
  expect([vi.mocked(backend.copyArticle).mock.calls, vi.mocked(backend.saveArticlePicture).mock.calls]).toEqual([[], []]);
  await share.savePage();
  expect(share.saved).toEqual(picture);
});
