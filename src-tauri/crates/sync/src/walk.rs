//! The pages of an issue whose pages list no others: from page to page, by 上一版 and 下一版.

use crate::SyncError;
use crate::discover::{Found, read_page};
use crate::fetch::{Fetcher, Freshness};
use kanbao_newspaper::Date;
use kanbao_sources::PageLink;
use std::collections::HashSet;
use url::Url;

/// Far more than any issue has that does not list its pages.
const MOST_STEPS: usize = 200;

/// The pages in their order. Pagers lead to the page itself, or back: no page is asked twice.
pub(crate) async fn walk(
    fetcher: &Fetcher<'_>,
    front: &Found,
    date: Date,
) -> Result<Vec<PageLink>, SyncError> {
    let mut visited = HashSet::from([front.document.url.clone()]);
    let mut pages = vec![page_link(front)];
    for forward in [false, true] {
        let mut next = follow(front, forward);
        while let Some(url) = next.filter(|url| visited.len() < MOST_STEPS && visited.insert(url.clone())) {
            fetcher.check_cancelled()?;
            let found = match read_page(fetcher, &url, Freshness::Kept).await {
                Ok(found) => found,
                Err(error) if error.is_missing() => None,
                Err(error) => return Err(error),
            };
            // The last page of some sites leads to another day's first.
            let Some(found) = found.filter(|found| found.date() == Some(date)) else { break };
            let link = page_link(&found);
            if forward {
                pages.push(link);
            } else {
                pages.insert(0, link);
            }
            next = follow(&found, forward);
        }
    }
    Ok(pages)
}

fn follow(found: &Found, forward: bool) -> Option<Url> {
    let links = &found.reading.links;
    if forward { links.next_page.clone() } else { links.previous_page.clone() }
}

/// The link to a page, as the page itself has it.
fn page_link(found: &Found) -> PageLink {
    let page = found.reading.page.as_ref();
    PageLink {
        number: page.map(|page| page.number.clone()).unwrap_or_default(),
        name: page.map(|page| page.name.clone()).unwrap_or_default(),
        url: found.document.url.clone(),
        pdf: page.and_then(|page| page.pdf.clone()),
    }
}
