//! The newsstand: covers, subscriptions, syncing.

use super::off_the_window;
use crate::error::{AppError, ErrorCode, Result};
use crate::reader::{Opened, Reader};
use crate::view::{IssueCard, LastPlace, Newsstand, PublicationCard, ReadsLess};
use std::io::Write;
use tauri::{AppHandle, State};

/// What one click may ask of a site.
const MOST_ISSUES: u32 = 60;

fn cards(reader: &Reader) -> Result<Vec<PublicationCard>> {
    let mut cards = Vec::new();
    for summary in reader.library.publications()? {
        let publication = summary.publication;
        let mut issues = Vec::new();
        for issue in reader.library.issues(&publication.id)? {
            let cover = reader.library.issue(&publication.id, issue.date)?.and_then(|issue| {
                issue.pages.into_iter().find(|page| page.picture.is_some() || page.pdf.is_some())
            });
            issues.push(IssueCard::new(&issue, cover.as_ref()));
        }
        let reads_less = ReadsLess::of(reader.library.health(&publication.id)?);
        cards.push(PublicationCard {
            id: publication.id,
            name: publication.name,
            url: publication.url,
            copyright: publication.copyright,
            reads_less,
            issues,
        });
    }
    Ok(cards)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn newsstand(opened: State<'_, Opened>) -> Result<Newsstand> {
    off_the_window(&opened, |reader| {
        let publications = cards(reader)?;
        if reader.was_told_to_subscribe() && !reader.is_syncing() {
            announce(&publications);
        }
        let continue_reading = reader.library.last_place()?.map(|(publication, date, place)| LastPlace {
            publication,
            date: date.to_string(),
            page: place.page,
        });
        Ok(Newsstand { publications, continue_reading })
    })
    .await
}

/// Tells who started the program that what was asked for can be seen.
fn announce(publications: &[PublicationCard]) {
    let complete = publications.iter().flat_map(|card| &card.issues).filter(|issue| issue.complete).count();
    if complete > 0 {
        // Nobody may be listening.
        let _ = writeln!(std::io::stdout(), "kanbao: newsstand ready: {complete} issues");
    }
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn add_publication(opened: State<'_, Opened>, url: String) -> Result<Vec<PublicationCard>> {
    opened.reader()?.subscribe(&url).await?;
    off_the_window(&opened, cards).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn add_sample(opened: State<'_, Opened>) -> Result<Vec<PublicationCard>> {
    opened.reader()?.keep_sample().await?;
    off_the_window(&opened, cards).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_publication(opened: State<'_, Opened>, id: String) -> Result<()> {
    off_the_window(&opened, move |reader| {
        if reader.is_syncing() {
            let words = "a sync is running: wait for it, or cancel it, and remove the newspaper then";
            return Err(AppError::new(ErrorCode::LibraryBusy, words));
        }
        Ok(reader.library.unsubscribe(&id)?)
    })
    .await
}

/// Starts a sync of one newspaper or of all; progress comes as events.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sync(
    app: AppHandle,
    opened: State<'_, Opened>,
    publication: Option<String>,
    latest: u32,
) -> Result<u32> {
    let publications = off_the_window(&opened, move |reader| {
        Ok(match publication {
            Some(id) => vec![reader.library.publication(&id)?],
            None => reader.library.publications()?.into_iter().map(|summary| summary.publication).collect(),
        })
    })
    .await?;
    Ok(opened.reader()?.start_sync(&app, publications, latest.clamp(1, MOST_ISSUES)))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_sync(opened: State<'_, Opened>) -> Result<()> {
    opened.reader()?.cancel_sync();
    Ok(())
}
