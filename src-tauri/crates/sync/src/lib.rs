//! Brings the library up to date with its sources: plan, fetch, commit a page at a time, resume.
//!
//! Knows the publisher's client, the readers of site families and the library; nothing of windows or
//! command lines. Progress goes out as [`Event`]s, and a [`CancellationToken`] stops it at any point
//! without losing what was kept.

mod calendar;
pub mod catalogue;
mod discover;
mod error;
mod fetch;
mod inspect;
mod issue;
mod look;
mod plan;
mod progress;
mod recipe_check;
mod recipes;
mod walk;

pub use calendar::SiteMonth;
pub use discover::Discovery;
pub use error::SyncError;
pub use inspect::{InspectedPage, InspectedRegion, Inspection, inspect_file, inspect_url};
pub use kanbao_publisher::{Client, Origin, Politeness, PublisherError};
pub use kanbao_sources::{RecipeProblem, built_in_texts};
pub use look::Finding;
pub use plan::Wanted;
pub use progress::{Cause, Event, Failure, IssueReport, NotPublished, SyncReport};
pub use recipe_check::{CheckedExample, Difference, RecipeCheck, check_recipe};
pub use recipes::{ListedRecipe, Recipes, WrongRecipe};
pub use tokio_util::sync::CancellationToken;

use fetch::Fetcher;
use jiff::Timestamp;
use kanbao_library::{Library, NewPublication, Publication};
use kanbao_newspaper::Date;
use std::sync::Arc;

/// What a sync works with.
#[derive(Clone)]
pub struct Syncer {
    library: Library,
    client: Client,
    recipes: Arc<Recipes>,
    /// The day that it is, where that is not left to the clock.
    day: Option<Date>,
}

impl Syncer {
    /// With the recipes that lie beside the library now.
    pub fn new(library: Library, client: Client) -> Self {
        let recipes = Arc::new(Recipes::of_library(library.directory()));
        for wrong in &recipes.wrong {
            tracing::warn!(%wrong, "a recipe is left out");
        }
        Self { library, client, recipes, day: None }
    }

    /// The same on a day of one's own: what a site lists for later has not appeared yet.
    #[must_use]
    pub fn on(self, day: Date) -> Self {
        Self { day: Some(day), ..self }
    }

    /// What documents are read with, and what of the recipes is left out.
    pub fn recipes(&self) -> &Recipes {
        &self.recipes
    }

    /// Where nothing was found, a recipe that was left out may be why.
    fn with_wrong_recipes(&self, error: SyncError) -> SyncError {
        match (error, self.recipes.wrong.first()) {
            (SyncError::NotANewspaper { url, tried }, Some(wrong)) => {
                let wrong = wrong.to_string();
                let first = wrong.lines().next().unwrap_or_default();
                SyncError::NotANewspaper { url, tried: format!("{tried}; a recipe is left out: {first}") }
            }
            (error, _) => error,
        }
    }

    fn fetcher<'a>(&'a self, cancel: &'a CancellationToken) -> Fetcher<'a> {
        let today = self.day.unwrap_or_else(today);
        Fetcher::new(&self.library, &self.recipes.sources, &self.client, cancel, today)
    }

    /// Finds the newspaper behind an address: a front page, a page, an article or an index of its site.
    pub async fn discover(&self, address: &str, cancel: &CancellationToken) -> Result<Discovery, SyncError> {
        let found = discover::discover(&self.fetcher(cancel), address).await;
        found.map_err(|error| self.with_wrong_recipes(error))
    }

    /// Says what newspapers an address leads to, and what an issue of each would be to fetch. Nothing
    /// is subscribed to.
    pub async fn look(&self, address: &str, cancel: &CancellationToken) -> Result<Vec<Finding>, SyncError> {
        let found = Box::pin(look::look(&self.fetcher(cancel), address)).await;
        found.map_err(|error| self.with_wrong_recipes(error))
    }

    /// The days of a month that the site is known to have, from what is kept.
    pub fn known_month(&self, publication: &Publication, month: Date) -> Result<SiteMonth, SyncError> {
        calendar::known_month(&self.library, &self.recipes.sources, publication, month)
    }

    /// The same, asked of the site on `today`.
    pub async fn ask_month(
        &self,
        publication: &Publication,
        month: Date,
        today: Date,
        cancel: &CancellationToken,
    ) -> Result<SiteMonth, SyncError> {
        let fetcher = self.fetcher(cancel);
        calendar::ask_month(&fetcher, publication, month, today).await
    }

    /// Discovers and subscribes; the same newspaper again gives the subscription that is there.
    pub async fn add(
        &self,
        address: &str,
        name: Option<&str>,
        cancel: &CancellationToken,
    ) -> Result<(Publication, Discovery), SyncError> {
        let discovery = self.discover(address, cancel).await?;
        if let Some(known) =
            self.library.publications()?.into_iter().find(|known| discovery.is_of(&known.publication))
        {
            return Ok((known.publication, discovery));
        }
        let publication = self.library.subscribe(
            &NewPublication {
                id: discovery.id.clone(),
                name: name.map_or_else(|| discovery.name.clone(), str::to_owned),
                family: discovery.family.clone(),
                url: discovery.entry.to_string(),
            },
            &now(),
        )?;
        Ok((publication, discovery))
    }

    /// Brings publications up to date, one after the other. What fails is in the report; only a
    /// cancelled run or a library that cannot be written ends it early.
    pub async fn sync(
        &self,
        publications: &[Publication],
        wanted: Wanted,
        on_event: &(dyn Fn(Event) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<SyncReport, SyncError> {
        let mut report = SyncReport::default();
        for publication in publications {
            on_event(Event::Looking { publication: publication.id.clone() });
            let fetcher = self.fetcher(cancel);
            // Boxed, as the next: what is read of a document is large, and would be a part of every caller's future.
            let plan = match Box::pin(plan::plan(&fetcher, publication, wanted)).await {
                Ok(plan) => plan,
                Err(error) if error.ends_the_run() => return Err(error),
                Err(error) => {
                    report.fail(Failure::new(publication, wanted.date(), &error), on_event);
                    continue;
                }
            };
            let issues = plan.issues.len() as u32;
            let pages = plan.issues.iter().map(plan::PlannedIssue::page_count).sum();
            on_event(Event::Planned { publication: publication.id.clone(), issues, pages });
            for missing in plan.not_published {
                let entry = NotPublished { publication: publication.id.clone(), date: missing };
                on_event(Event::NotPublished(entry.clone()));
                report.not_published.push(entry);
            }
            for failed in plan.failed {
                report.fail(Failure::new(publication, Some(failed.date), &failed.error), on_event);
            }
            for planned in plan.issues {
                let date = planned.date;
                // Its day was named: whoever took it away wants it again.
                if wanted.names_days() {
                    self.library.restore_issue(&publication.id, date)?;
                }
                match Box::pin(issue::sync_issue(&fetcher, publication, planned, on_event)).await {
                    Ok(done) => {
                        if let Some(reason) = done.unfinished() {
                            let failure = Failure {
                                publication: publication.id.clone(),
                                date: Some(date),
                                reason,
                                cause: Cause::Incomplete,
                            };
                            report.fail(failure, on_event);
                        }
                        on_event(Event::IssueDone(done.clone()));
                        report.issues.push(done);
                    }
                    Err(error) if error.ends_the_run() => return Err(error),
                    Err(error) => report.fail(Failure::new(publication, Some(date), &error), on_event),
                }
            }
        }
        Ok(report)
    }
}

/// The calendar date where the newspapers are: all of China keeps Beijing's time.
pub fn today() -> Date {
    jiff::tz::Offset::constant(8).to_datetime(Timestamp::now()).date()
}

/// The instant that goes into the library's rows.
fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
