/** An invented issue drawn as SVG, for working on the screens before the press has printed a paper. */

export type Manifest = {
  publication: string;
  slug: string;
  date: string;
  copyright: string;
  pages: ManifestPage[];
  articles: ManifestArticle[];
};
export type ManifestPage = {
  number: string;
  name: string;
  pdf: string | null;
  thumbnail: string;
  picture: string | null;
  width: number;
  height: number;
  regions: { article: number; polygon: [number, number][] }[];
  list: number[];
};
export type ManifestArticle = {
  id: number;
  page: string;
  kicker: string;
  headline: string;
  subheadline: string;
  byline: string;
  blocks: ({ kind: string; text?: string; url?: string; caption?: string; rows?: string[][] })[];
  editorMark: string | null;
  part?: { of: number; joint: string };
};

const headlines = ["河畔步道全线贯通", "早市搬进新棚子", "图书馆夜里亮到十点", "老桥修好了，车不用再绕路", "一场雨后的菜价", "学校门口多了一条斑马线", "修表的人还在巷口"];
const sentence = "清晨六点，步道上已经有人跑步，水面浮着一层薄雾，对岸的钟声慢慢地传过来。";
const names = ["要闻", "本地", "文化", "副刊"];
const boxes: [number, number, number, number][] = [
  [0.05, 0.17, 0.62, 0.3],
  [0.7, 0.17, 0.25, 0.45],
  [0.05, 0.5, 0.3, 0.3],
  [0.37, 0.5, 0.3, 0.3],
  [0.05, 0.82, 0.62, 0.14],
  [0.7, 0.65, 0.25, 0.31],
];

export function drawnIssue(slug: string, publication: string, date: string, count: number): Manifest {
  const pages: ManifestPage[] = [];
  const articles: ManifestArticle[] = [];
  for (let p = 0; p < count; p++) {
    const number = String(p + 1).padStart(2, "0");
    const list = boxes.map((_, b) => (p + 1) * 100 + b + 1);
    pages.push({
      number,
      name: names[p % names.length] as string,
      pdf: `${number}.pdf`,
      thumbnail: "",
      picture: null,
      width: 350,
      height: 500,
      list,
      regions: boxes.map(([x, y, w, h], b) => ({ article: list[b] as number, polygon: [[x, y], [x + w, y], [x + w, y + h], [x, y + h]] })),
    });
    list.forEach((id, b) => {
      articles.push({
        id,
        page: number,
        kicker: b === 0 ? "三年修了四十里，沿河都能走" : "",
        headline: headlines[(b + p) % headlines.length] as string,
        subheadline: b === 0 ? "两岸新种三千棵树，夜里路灯亮到十一点" : "",
        byline: b < 2 ? "本报记者 示例" : "",
        editorMark: null,
        blocks: [
          { kind: "editorNote", text: "编者按：这是画出来的一期，只用来看排版。" },
          { kind: "paragraph", text: sentence.repeat(4) },
          { kind: "subheading", text: "从早到晚都有人" },
          ...Array.from({ length: 6 }, () => ({ kind: "paragraph", text: sentence.repeat(3) })),
          { kind: "table", rows: [["路段", "长度", "通车"], ["东段", "12 里", "2024 年"], ["西段", "28 里", "2026 年"]] },
        ],
      });
    });
  }
  return { publication, slug, date, copyright: `${publication}社版权所有，未经允许不得转载。`, pages, articles };
}

/** A part of a drawn page as an SVG picture; `view` in fractions of the page. */
export function drawnPage(issue: Manifest, page: ManifestPage, view: { x: number; y: number; w: number; h: number }, pixels: { w: number; h: number }): string {
  const scale = 1000;
  const height = (scale * page.height) / page.width;
  const parts = [`<rect width="${scale}" height="${height}" fill="#fffdf8"/>`];
  const text = (x: number, y: number, size: number, what: string, weight = 400) =>
    parts.push(`<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" font-family="Noto Serif CJK SC, serif" fill="#1b1815">${what}</text>`);
  text(50, 120, page.number === "01" ? 92 : 44, page.number === "01" ? issue.publication : `${page.number} ${page.name}`, 900);
  parts.push(`<path d="M50 150H950M50 156H950" stroke="#1b1815" stroke-width="2"/>`);
  for (const region of page.regions) {
    const article = issue.articles.find(({ id }) => id === region.article);
    const [x0, y0] = region.polygon[0] as [number, number];
    const [x1, y1] = region.polygon[2] as [number, number];
    const [left, right, bottom] = [x0 * scale + 8, x1 * scale - 8, y1 * height - 8];
    const size = Math.min(46, (right - left) / Math.max(7, article?.headline.length ?? 7));
    const baseline = y0 * height + size + 6;
    text(left, baseline, size, article?.headline ?? "", 900);
    const columns = Math.max(1, Math.round((right - left) / 170));
    const width = (right - left) / columns;
    const perLine = Math.floor((width - 10) / 11);
    const top = baseline + 22;
    for (let c = 0; c < columns; c++) {
      for (let line = 0; top + line * 17 < bottom; line++) {
        const from = (line * perLine + c * 7) % 20;
        text(left + c * width, top + line * 17, 11, sentence.repeat(4).slice(from, from + perLine));
      }
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels.w}" height="${pixels.h}" viewBox="${view.x * scale} ${view.y * height} ${view.w * scale} ${view.h * height}">${parts.join("")}</svg>`;
}
