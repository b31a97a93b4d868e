//! Front doors: documents that lead somewhere else by refresh, script or frame.

use crate::html::{Attributes, Document};
use regex::Regex;
use std::sync::LazyLock;
use url::Url;

static REFRESH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)^\s*[\d.]*\s*[;,]?\s*url\s*=\s*['"]?\s*([^'"]+?)\s*['"]?\s*$"#)
        .expect("a sound pattern")
});
/// `CONTENT=0; URL=...` without quotation marks is cut at the blank by any HTML reader.
static BARE_REFRESH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)<meta[^>]*http-equiv\s*=\s*['"]?refresh['"]?[^>]*?url\s*=\s*['"]?([^'"\s>]+)"#)
        .expect("a sound pattern")
});
static SCRIPTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:(?:window|self|top|parent|document)\s*\.\s*)?location(?:\s*\.\s*href)?\s*=\s*['"]([^'"]+)['"]|location\s*\.\s*(?:replace|assign)\s*\(\s*['"]([^'"]+)['"]"#)
        .expect("a sound pattern")
});

/// Where this document leads, if leading is what it does.
pub(crate) fn target(document: &Document<'_>) -> Option<Url> {
    let refresh = document
        .select("meta[http-equiv]")
        .filter(|meta| {
            meta.attribute("http-equiv").is_some_and(|value| value.trim().eq_ignore_ascii_case("refresh"))
        })
        .find_map(|meta| {
            REFRESH.captures(meta.attribute("content")?)?.get(1).map(|url| url.as_str().to_owned())
        });
    let bare = || BARE_REFRESH.captures(document.raw)?.get(1).map(|url| url.as_str().to_owned());
    let scripted = || {
        document.select("script").find_map(|script| {
            let source: String = script.text().take(4).collect();
            let mut found = SCRIPTED.captures_iter(&source);
            found.find_map(|found| {
                let url = found.get(1).or_else(|| found.get(2))?;
                // An address that is put together from pieces cannot be told without running the script.
                let rest = source[found.get(0)?.end()..].trim_start();
                (!rest.starts_with('+')).then(|| url.as_str().to_owned())
            })
        })
    };
    // The frame that shows the paper is the last one that leads to a page, or the only one.
    let framed = || {
        let frames: Vec<_> =
            document.select("frame[src], iframe[src]").filter_map(|frame| frame.attribute("src")).collect();
        let paged =
            frames.iter().find(|src| src.contains("node_") || src.contains("nbs.") || src.contains("index"));
        paged.or(frames.first()).map(|src| (*src).to_owned())
    };
    let href = refresh.or_else(bare).or_else(scripted).or_else(framed)?;
    document.resolve(&href).filter(|url| url != document.url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_leading_on() {
        let here = Url::parse("http://a.cn/slrb/index.htm").unwrap();
        for markup in [
            r#"<META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/2026-10/02/node_2.htm">"#,
            "<META HTTP-EQUIV=REFRESH CONTENT=0; URL=html/2026-10/02/node_2.htm>",
            r#"<meta http-equiv='refresh' content='0;url="html/2026-10/02/node_2.htm"'>"#,
            r#"<script>window.location.href = "html/2026-10/02/node_2.htm";</script>"#,
            r"<script>location.replace('html\2026-10\02\node_2.htm')</script>",
            r#"<frameset rows="0,*"><frame src="top.htm"><frame src="html/2026-10/02/node_2.htm"></frameset>"#,
            r#"<body><iframe src="html/2026-10/02/node_2.htm"></iframe></body>"#,
        ] {
            let mut warnings = Vec::new();
            let document = Document::parse(&here, markup, &mut warnings);
            let found = target(&document);
            assert_eq!(
                found.as_ref().map(Url::as_str),
                Some("http://a.cn/slrb/html/2026-10/02/node_2.htm"),
                "{markup}"
            );
        }
        for markup in [
            "",
            "<p>location = nowhere</p>",
            r#"<meta http-equiv="refresh" content="60">"#,
            r#"<script>location.href="javascript:void(0)"</script>"#,
            r#"<script>location.href="html/" + year + "/node_1.htm"</script>"#,
        ] {
            let mut warnings = Vec::new();
            assert_eq!(target(&Document::parse(&here, markup, &mut warnings)), None, "{markup}");
        }
    }
}
