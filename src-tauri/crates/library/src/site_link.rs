//! A publication's own links: what its site offers beside the paper.

use kanbao_newspaper::{Date, MOST_LINKS, SiteLink};
use rusqlite::params;

use crate::column::Day;
use crate::error::Result;
use crate::limits;
use crate::publication::publication;
use crate::store::Library;

impl Library {
    /// Keeps what stood beside the issue of a date. An older issue's links do not replace a newer one's, and a page
    /// that shows none, a bad day's, leaves those that are known.
    pub fn set_site_links(&self, publication: &str, date: Date, links: &[SiteLink]) -> Result<()> {
        limits::at_most("a publication's links", links.len(), MOST_LINKS as u64)?;
        for link in links {
            limits::line("a link's name", &link.name)?;
            limits::address(&link.url)?;
        }
        if links.is_empty() {
            return Ok(());
        }
        self.write(|tx| {
            self::publication(tx, publication)?;
            let mut newer =
                tx.prepare_cached("SELECT 1 FROM site_link WHERE publication = ? AND date > ?")?;
            if newer.exists(params![publication, Day(date)])? {
                return Ok(());
            }
            tx.execute("DELETE FROM site_link WHERE publication = ?", [publication])?;
            let mut insert = tx.prepare_cached(
                "INSERT INTO site_link (publication, ordinal, date, name, url) VALUES (?, ?, ?, ?, ?)",
            )?;
            for (ordinal, link) in links.iter().enumerate() {
                insert.execute(params![publication, ordinal, Day(date), link.name, link.url])?;
            }
            Ok(())
        })
    }

    /// The links as the site has them, in its order.
    pub fn site_links(&self, publication: &str) -> Result<Vec<SiteLink>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT name, url FROM site_link WHERE publication = ? ORDER BY ordinal")?;
            let rows = statement
                .query_map([publication], |row| Ok(SiteLink { name: row.get(0)?, url: row.get(1)? }))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use kanbao_newspaper::SiteLink;

    use crate::testing::{date, library, subscribe};

    fn links(names: &[&str]) -> Vec<SiteLink> {
        names
            .iter()
            .map(|name| SiteLink { name: (*name).into(), url: format!("http://a.example/{name}") })
            .collect()
    }

    #[test]
    fn the_newest_issue_s_links_stand() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        assert_eq!(library.site_links("slrb").unwrap(), []);
        let names = |library: &crate::Library| -> Vec<String> {
            library.site_links("slrb").unwrap().into_iter().map(|link| link.name).collect()
        };
        library.set_site_links("slrb", date("2026-11-23"), &links(&["晚报", "投稿"])).unwrap();
        assert_eq!(names(&library), ["晚报", "投稿"]);
        library.set_site_links("slrb", date("2026-11-24"), &links(&["投稿", "往期回顾", "晚报"])).unwrap();
        assert_eq!(names(&library), ["投稿", "往期回顾", "晚报"]);
        library.set_site_links("slrb", date("2020-01-01"), &links(&["老链接"])).unwrap();
        library.set_site_links("slrb", date("2026-11-25"), &[]).unwrap();
        assert_eq!(names(&library), ["投稿", "往期回顾", "晚报"]);
        library.set_site_links("slrb", date("2026-11-24"), &links(&["投稿"])).unwrap();
        assert_eq!(names(&library), ["投稿"]);
    }

    #[test]
    fn they_go_with_their_publication_and_have_a_limit() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let many: Vec<String> = (0..41).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(library.set_site_links("slrb", date("2026-11-24"), &links(&many)).is_err());
        assert!(library.set_site_links("other", date("2026-11-24"), &links(&["投稿"])).is_err());
        library.set_site_links("slrb", date("2026-11-24"), &links(&["投稿"])).unwrap();
        library.unsubscribe("slrb").unwrap();
        subscribe(&library, "slrb");
        assert_eq!(library.site_links("slrb").unwrap(), []);
    }
}
