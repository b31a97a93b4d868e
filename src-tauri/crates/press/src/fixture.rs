//! A tiny paper for tests, made by hand: two pages, a 转版 article, an advertisement, a picture without words.

use crate::manifest::IssueManifest;
use crate::paper::{Files, Paper};
use serde_json::json;
use std::borrow::Cow;
use std::path::Path;

/// Enough of a JPEG to tell one: start, a frame of 350x500, end.
const JPEG: &[u8] = b"\xff\xd8\xff\xc0\x00\x0b\x08\x01\xf4\x01\x5e\x01\x01\x11\x00\xff\xd9";
const PDF: &[u8] = b"%PDF-1.4\n%%EOF\n";

pub(crate) fn issue(slug: &str, date: &str) -> (IssueManifest, Files) {
    let publication = if slug == "slwb" { "示例晚报" } else { "示例日报" };
    let square = |x: f64, y: f64, w: f64, h: f64| json!([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]);
    let paragraph = |text: &str| json!({"kind": "paragraph", "text": text});
    let manifest = json!({
        "publication": publication, "slug": slug, "date": date,
        "copyright": format!("版权声明：{publication}所有作品，版权均属于{publication}社。"),
        "pages": [
            {"number": "01", "name": "要闻", "pdf": "01.pdf", "thumbnail": "01_b.jpg", "picture": null,
             "width": 350, "height": 500, "list": [102, 101, 103], "regions": [
                {"article": 101, "polygon": square(0.05, 0.2, 0.4, 0.3)},
                {"article": 102, "polygon": [[0.5, 0.2], [0.96, 0.2], [0.96, 0.6], [0.7, 0.6], [0.7, 0.4], [0.5, 0.4]]},
                {"article": 103, "polygon": square(0.05, 0.6, 0.4, 0.3)}]},
            {"number": "02", "name": "综合", "pdf": null, "thumbnail": "02_b.jpg", "picture": "02.jpg",
             "width": 350, "height": 500, "list": [104], "regions": [
                {"article": 104, "polygon": square(0.05, 0.1, 0.9, 0.4)}]},
            {"number": "03", "name": "广告", "pdf": "03.pdf", "thumbnail": "03_b.jpg", "picture": null,
             "width": 350, "height": 500, "list": [105], "regions": [
                {"article": 105, "polygon": square(0.02, 0.02, 0.9, 0.9)}]}
        ],
        "articles": [
            {"id": 101, "page": "01", "kicker": "沿河新事", "headline": "书屋开门", "subheadline": "一座楼\n两条街", "byline": "本报记者 示例",
             "blocks": [paragraph("第一段，“引号”与<尖括号>。"), {"kind": "subheading", "text": "小标题"},
                {"kind": "picture", "url": "101_1.jpg", "caption": "书屋一角。"}, paragraph("第二段前半，（下转第二版）")],
             "editorMark": null},
            {"id": 102, "page": "01", "kicker": "", "headline": "桥上设了长椅", "subheadline": "", "byline": "",
             "blocks": [{"kind": "editorNote", "text": "编者按：开栏的话。"}, paragraph("走累了可以坐。"),
                {"kind": "table", "rows": [["桥", "椅"], ["东桥", "12"]]}], "editorMark": "①2"},
            {"id": 103, "page": "01", "kicker": "", "headline": "", "subheadline": "", "byline": "",
             "blocks": [{"kind": "picture", "url": "103_1.jpg", "caption": "晨光。"}], "editorMark": null},
            {"id": 104, "page": "02", "kicker": "", "headline": "书屋开门", "subheadline": "", "byline": "",
             "blocks": [paragraph("（上接第一版）第二段后半。"), paragraph("第三段。")], "editorMark": "③1",
             "part": {"of": 101, "joint": "continues"}},
            {"id": 105, "page": "03", "kicker": "", "headline": "广告", "subheadline": "", "byline": "", "blocks": [],
             "editorMark": null}
        ]
    });
    let manifest: IssueManifest = serde_json::from_value(manifest).unwrap();
    let files = manifest.files().into_iter().map(|name| {
        let bytes = if name.contains(".pdf") { PDF } else { JPEG };
        (name.to_owned(), Cow::Borrowed(bytes))
    });
    let files = files.collect();
    (manifest, files)
}

/// Issues named as `slug/date`.
pub(crate) fn paper(issues: &[&str]) -> Paper {
    let issues = issues.iter().map(|issue_of| {
        let (slug, date) = issue_of.split_once('/').unwrap();
        issue(slug, date)
    });
    Paper::of(issues.collect())
}

/// The same on disk.
pub(crate) fn write(dir: &Path, issues: &[&str]) {
    for name in issues {
        let (slug, date) = name.split_once('/').unwrap();
        let (manifest, files) = issue(slug, date);
        let folder = dir.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("issue.json"), serde_json::to_vec(&manifest).unwrap()).unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
    }
}
