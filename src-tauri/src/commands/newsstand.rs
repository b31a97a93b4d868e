//! The newsstand: covers, subscriptions, syncing.

use super::{now, off_the_window};
use crate::error::{AppError, ErrorCode, Result};
use crate::newsstand_view::{CalendarMonth, FindingView, Wanted, parse_month};
use crate::reader::{Opened, Reader};
use crate::sheets::parse_date;
use crate::view::{IssueCard, LastPlace, Newsstand, PublicationCard, ReadsLess};
use kanbao_sync::SiteMonth;
use std::io::Write;
use tauri::{AppHandle, State};

fn cards(reader: &Reader) -> Result<Vec<PublicationCard>> {
    let mut cards = Vec::new();
    for summary in reader.library.publications()? {
        let publication = summary.publication;
        let mut covers = reader.library.covers(&publication.id)?;
        let issues = reader.library.issues(&publication.id)?.into_iter();
        let issues = issues
            .map(|issue| IssueCard::new(&issue, covers.remove(&issue.id).unwrap_or_default()))
            .collect();
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

/// Says what newspapers an address leads to, and what fetching an issue would mean. Nothing is added.
#[tauri::command]
#[specta::specta]
pub(crate) async fn look(opened: State<'_, Opened>, url: String) -> Result<Vec<FindingView>> {
    let findings = opened.reader()?.look(&url).await?;
    Ok(findings.into_iter().map(FindingView::from).collect())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn add_publication(opened: State<'_, Opened>, url: String) -> Result<Vec<PublicationCard>> {
    let added = opened.reader()?.subscribe(&url).await?;
    off_the_window(&opened, move |reader| {
        Ok(cards(reader)?.into_iter().filter(|card| card.id == added.id).collect())
    })
    .await
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

/// Hides an issue; it is deleted a little later, unless it is brought back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_issue(opened: State<'_, Opened>, publication: String, date: String) -> Result<()> {
    off_the_window(&opened, move |reader| {
        let date = parse_date(&date)?;
        reader.library.remove_issue(&publication, date, &now())?;
        reader.delete_later(publication, date);
        Ok(())
    })
    .await
}

/// Brings a removed issue back as it was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore_issue(
    opened: State<'_, Opened>,
    publication: String,
    date: String,
) -> Result<()> {
    off_the_window(&opened, move |reader| {
        let date = parse_date(&date)?;
        if reader.library.restore_issue(&publication, date)? {
            return Ok(());
        }
        Err(AppError::new(ErrorCode::NoSuchIssue, format!("{publication} of {date} was deleted already")))
    })
    .await
}

/// What is known of a newspaper's month, without asking anyone.
#[tauri::command]
#[specta::specta]
pub(crate) async fn calendar(
    opened: State<'_, Opened>,
    publication: String,
    month: String,
) -> Result<CalendarMonth> {
    off_the_window(&opened, move |reader| {
        let known = reader.known_month(&reader.library.publication(&publication)?, parse_month(&month)?)?;
        calendar_month(reader, publication, &month, &known)
    })
    .await
}

/// The same, after asking the newspaper's site.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ask_calendar(
    opened: State<'_, Opened>,
    publication: String,
    month: String,
) -> Result<CalendarMonth> {
    let reader = opened.reader()?;
    let paper = reader.library.publication(&publication)?;
    let asked = reader.ask_month(&paper, parse_month(&month)?).await?;
    off_the_window(&opened, move |reader| calendar_month(reader, publication, &month, &asked)).await
}

fn calendar_month(
    reader: &Reader,
    publication: String,
    month: &str,
    site: &SiteMonth,
) -> Result<CalendarMonth> {
    let issues = reader.library.issues(&publication)?;
    Ok(CalendarMonth::new(publication, parse_month(month)?, site, &issues, kanbao_sync::today()))
}

/// Starts a sync of one newspaper or of all, or lets it wait for the one that runs; progress comes as events.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sync(
    app: AppHandle,
    opened: State<'_, Opened>,
    publication: Option<String>,
    wanted: Wanted,
) -> Result<u32> {
    let wanted = wanted.read()?;
    let publications = off_the_window(&opened, move |reader| {
        Ok(match publication {
            Some(id) => vec![reader.library.publication(&id)?],
            None => reader.library.publications()?.into_iter().map(|summary| summary.publication).collect(),
        })
    })
    .await?;
    Ok(opened.reader()?.start_sync(&app, publications, wanted))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_sync(opened: State<'_, Opened>) -> Result<()> {
    opened.reader()?.cancel_sync();
    Ok(())
}
