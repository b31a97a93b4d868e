/** Serves an invented paper to the mock backend: the press's own when it is printed, else a drawn one. Development only. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import type { Plugin } from "vite";
import { drawnIssue, drawnPage, type Manifest } from "./drawn-paper.ts";
import { tileSize } from "./sheet.ts";

export function inventedPaper(folder: string): Plugin {
  const printed = issuesIn(folder);
  const issues = printed.length > 0 ? printed : drawnIssues();
  return {
    name: "invented-paper",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use("/mock", (request, response) => {
        void serve(folder, issues, printed.length > 0, decodeURIComponent(request.url ?? "/"), response);
      });
    },
  };
}

function issuesIn(folder: string): Manifest[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((slug) =>
    readdirSync(join(folder, slug))
      .map((date) => join(folder, slug, date, "issue.json"))
      .filter((path) => existsSync(path))
      .map((path) => JSON.parse(readFileSync(path, "utf8")) as Manifest),
  );
}

function drawnIssues(): Manifest[] {
  return [
    drawnIssue("slrb", "示例日报", "2026-11-24", 4),
    drawnIssue("slrb", "示例日报", "2026-11-23", 4),
    drawnIssue("slrb", "示例日报", "2026-11-22", 8),
    drawnIssue("slwb", "示例晚报", "2026-11-23", 4),
  ];
}

async function serve(folder: string, issues: Manifest[], printed: boolean, path: string, response: ServerResponse): Promise<void> {
  const send = (type: string, body: string | Buffer) => response.setHeader("Content-Type", type).end(body);
  const missing = () => {
    response.statusCode = 404;
    response.end();
  };
  if (path === "/issues.json") {
    send("application/json", JSON.stringify(issues));
    return;
  }
  // Only the program's own renderer knows the night colours; here a page at night is as by day.
  const [, slug, date, number, what, size, x, y] = path.replace(/^((?:\/[^/]+){3})\/night\//, "$1/").split("/");
  if (slug === "article") {
    // An article's id is its issue and its number in it.
    const [paper = "", year = "", month = "", day = "", id = ""] = (date ?? "").split("-");
    const issue = issues.find((issue) => issue.slug === paper && issue.date === `${year}-${month}-${day}`);
    const pictures = issue?.articles.find((article) => article.id === Number(id))?.blocks.filter(({ kind }) => kind === "picture");
    const url = pictures?.[Number(what)]?.url;
    if (issue && url) send("image/jpeg", readFileSync(join(folder, paper, issue.date, url)));
    else missing();
    return;
  }
  const issue = issues.find((issue) => issue.slug === slug && issue.date === date);
  const page = issue?.pages.find((page) => page.number === number);
  if (!issue || !page) {
    missing();
    return;
  }
  const directory = join(folder, issue.slug, issue.date);
  if (what === "preview") {
    if (printed) send("image/jpeg", readFileSync(join(directory, page.thumbnail)));
    else send("image/svg+xml", drawnPage(issue, page, { x: 0, y: 0, w: 1, h: 1 }, { w: page.width, h: page.height }));
    return;
  }
  const [width = 1, height = 1] = (size ?? "").split("x").map(Number);
  const [left, top] = [Number(x) * tileSize, Number(y) * tileSize];
  const [w, h] = [Math.min(tileSize, Math.ceil(width) - left), Math.min(tileSize, Math.ceil(height) - top)];
  if (!printed) {
    send("image/svg+xml", drawnPage(issue, page, { x: left / width, y: top / height, w: w / width, h: h / height }, { w, h }));
  } else if (page.pdf === null) {
    send("image/jpeg", readFileSync(join(directory, page.picture ?? page.thumbnail)));
  } else {
    const size = ["-scale-to-x", String(Math.round(width)), "-scale-to-y", String(Math.round(height))];
    const crop = ["-x", String(left), "-y", String(top), "-W", String(w), "-H", String(h)];
    execFile("pdftoppm", ["-png", "-singlefile", ...size, ...crop, join(directory, page.pdf)], { encoding: "buffer", maxBuffer: 1 << 26 }, (error, picture) =>
      error ? missing() : send("image/png", picture),
    );
  }
}
