//! What an address leads to, told before anything of it is fetched or subscribed to.

use crate::SyncError;
use crate::discover::{Discovery, Found, find, parse_address};
use crate::fetch::Fetcher;
use kanbao_newspaper::Date;
use kanbao_publisher::Accept;
use std::collections::HashSet;
use url::Url;

/// A newspaper that was found, and what fetching an issue of it would mean.
#[derive(Debug, Clone)]
pub struct Finding {
    pub name: String,
    /// What to subscribe to it by.
    pub entry: Url,
    /// Who sends it: the site's host.
    pub host: String,
    pub copyright: Option<String>,
    pub latest: Option<Date>,
    /// Of the newest issue.
    pub pages: u32,
    /// About how much an issue is: what the site says of its first page's picture and PDF, times the
    /// pages. None where the site does not say.
    pub bytes: Option<u64>,
    /// The subscription that is there already.
    pub publication: Option<String>,
}

/// Finds the newspapers behind an address: one as a rule, several where a house lists its titles.
pub(crate) async fn look(fetcher: &Fetcher<'_>, typed: &str) -> Result<Vec<Finding>, SyncError> {
    let url = parse_address(typed)?;
    let titles = match find(fetcher, &url).await {
        Ok((discovery, found)) => return Ok(vec![finding(fetcher, discovery, &found, None).await?]),
        Err(SyncError::SeveralTitles { titles, .. }) => titles,
        Err(error) => return Err(error),
    };
    let mut findings = Vec::new();
    let mut seen = HashSet::new();
    for title in &titles {
        fetcher.check_cancelled()?;
        match find(fetcher, &title.url).await {
            Ok((discovery, found)) => {
                if seen.insert(discovery.entry.clone()) {
                    findings.push(finding(fetcher, discovery, &found, Some(&title.name)).await?);
                }
            }
            Err(error) if error.ends_the_run() => return Err(error),
            // A title that the house no longer prints takes nothing from the others.
            Err(error) => tracing::debug!(url = %title.url, %error, "a title without a newspaper"),
        }
    }
    if findings.is_empty() {
        return Err(SyncError::SeveralTitles { url: url.to_string(), titles });
    }
    Ok(findings)
}

async fn finding(
    fetcher: &Fetcher<'_>,
    discovery: Discovery,
    found: &Found,
    listed_as: Option<&str>,
) -> Result<Finding, SyncError> {
    let pages = found.reading.pages.len().max(1) as u32;
    let subscribed = fetcher.library.publications()?.into_iter().map(|summary| summary.publication);
    let publication = subscribed.into_iter().find(|known| discovery.is_of(known));
    Ok(Finding {
        name: if found.reading.publication.is_some() {
            discovery.name
        } else {
            listed_as.map_or(discovery.name, str::to_owned)
        },
        host: discovery.entry.host_str().unwrap_or_default().to_owned(),
        copyright: found.reading.copyright.clone(),
        latest: discovery.latest,
        pages,
        bytes: page_bytes(fetcher, found).await?.map(|bytes| bytes * u64::from(pages)),
        publication: publication.map(|known| known.id),
        entry: discovery.entry,
    })
}

/// What the site says of the page's picture and PDF together.
async fn page_bytes(fetcher: &Fetcher<'_>, found: &Found) -> Result<Option<u64>, SyncError> {
    let Some(page) = &found.reading.page else { return Ok(None) };
    let mut total = None;
    for (url, accept) in [(&page.picture, Accept::Picture), (&page.pdf, Accept::Pdf)] {
        let Some(url) = url else { continue };
        if let Some(bytes) = fetcher.announced_length(url, accept).await? {
            *total.get_or_insert(0) += bytes;
        }
    }
    Ok(total)
}
