//! What a site's robots.txt asks of us, however it is written.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use texting_robots::Robot;
use url::Url;

/// The group of rules that is meant for us; without one, `*` is.
const AGENT: &str = "Kanbao";

/// What is read of a robots.txt; the rest is cut off, as the standard (RFC 9309) allows.
pub(crate) const MOST_BYTES: u64 = 500 * 1024;

/// A longer line holds no path that a newspaper has.
const LONGEST_LINE: usize = 2 * 1024;
const MOST_LINES: usize = 20_000;

/// Rules that end in `$` are compiled one by one into matchers of many kilobytes each.
const MOST_ANCHORED: usize = 200;
const MOST_STARS: usize = 16;

/// A site's rules for us. No rules: everything may be fetched.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    robot: Option<Robot>,
}

impl Rules {
    /// Never fails: what cannot be read asks for nothing.
    pub(crate) fn read(text: &[u8]) -> Self {
        let text = tame(text);
        // The parser was tried on millions of files, but files are hostile and a panic must not end a sync.
        let robot = catch_unwind(|| Robot::new(AGENT, &text).ok()).ok().flatten();
        if robot.is_none() {
            tracing::warn!("a robots.txt could not be read and is taken to ask for nothing");
        }
        Self { robot }
    }

    pub(crate) fn allow(&self, url: &Url) -> bool {
        let Some(robot) = &self.robot else { return true };
        catch_unwind(AssertUnwindSafe(|| robot.allowed(url.as_str()))).unwrap_or(true)
    }

    /// The pause between requests that the site asks for.
    pub(crate) fn crawl_delay(&self, longest: Duration) -> Option<Duration> {
        let seconds = self.robot.as_ref()?.delay?;
        // Infinite or absurd figures do not convert, and mean "very long".
        Some(Duration::try_from_secs_f32(seconds).unwrap_or(longest).min(longest))
    }
}

/// Leaves out what the parser would choke on: one rule it cannot compile makes it drop them all.
fn tame(text: &[u8]) -> Vec<u8> {
    let text = &text[..text.len().min(MOST_BYTES as usize)];
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut anchored = 0;
    let mut tamed = Vec::with_capacity(text.len());
    let lines = text.split(|byte| matches!(byte, b'\n' | b'\r' | 0)).map(<[u8]>::trim_ascii);
    for line in lines.filter(|line| !line.is_empty()).take(MOST_LINES) {
        let count = |sign: u8| line.split(|byte| *byte == sign).count() - 1;
        let (stars, dollars) = (count(b'*'), count(b'$'));
        anchored += usize::from(dollars > 0);
        if line.len() <= LONGEST_LINE
            && stars <= MOST_STARS
            && dollars <= 1
            && (dollars == 0 || anchored <= MOST_ANCHORED)
        {
            tamed.extend_from_slice(line);
            tamed.push(b'\n');
        }
    }
    tamed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(robots: &str, path: &str) -> bool {
        let url = Url::parse("http://paper.example.cn/").unwrap().join(path).unwrap();
        Rules::read(robots.as_bytes()).allow(&url)
    }

    #[test]
    fn who_may_fetch_what() {
        let ours =
            "User-agent: *\nDisallow: /\n\nUser-agent: Kanbao\nDisallow: /admin/\nAllow: /admin/open\n";
        let everyone = "user-agent:*\r\ndisallow: /html/2020-\r\nDisallow: /*.pdf$\r\n";
        for (robots, path, allowed) in [
            (ours, "/html/2026-11/24/node_1.htm", true),
            (ours, "/admin/x", false),
            (ours, "/admin/open.htm", true),
            (everyone, "/html/2020-05/22/node_1.htm", false),
            (everyone, "/html/2026-11/24/node_1.htm", true),
            (everyone, "/page/1/01.pdf", false),
            (everyone, "/page/1/01.pdf?v=2", true),
            ("User-agent: *\nDisallow: /\n", "/", false),
            ("User-agent: *\nDisallow: /\n", "/robots.txt", true),
            ("User-agent: *\nDisallow:\n", "/html/", true),
            ("User-agent: otherbot\nDisallow: /\n", "/html/", true),
            ("\u{FEFF}User-agent: *\nDisallow: /\n", "/html/", false),
            ("", "/html/", true),
            ("<!DOCTYPE html><html><body>404 Disallow: / </body></html>", "/html/", true),
            ("User-agent: *\nDisallow: /报纸/\n", "/报纸/1.htm", false),
        ] {
            assert_eq!(allows(robots, path), allowed, "{path} under {robots:?}");
        }
    }

    #[test]
    fn the_delay_is_kept_within_reason() {
        let longest = Duration::from_mins(1);
        for (delay, expected) in [
            ("2", Some(Duration::from_secs(2))),
            ("0.5", Some(Duration::from_millis(500))),
            ("86400", Some(longest)),
            ("inf", Some(longest)),
            ("1e39", Some(longest)),
            ("NaN", None),
            ("-3", None),
            ("soon", None),
        ] {
            let rules = Rules::read(format!("User-agent: *\nCrawl-delay: {delay}\n").as_bytes());
            assert_eq!(rules.crawl_delay(longest), expected, "{delay}");
        }
    }

    #[test]
    fn hostile_files_do_no_harm() {
        let heavy = format!("User-agent: *\nDisallow: /{}$\nDisallow: /secret\n", "a*".repeat(900));
        assert!(!allows(&heavy, "/secret"), "one wild rule must not drop the others");
        let many = format!("User-agent: *\n{}Disallow: /secret\n", "Disallow: /a*b$\n".repeat(15_000));
        assert!(!allows(&many, "/secret"));
        let stars = format!("User-agent: *\nDisallow: /{}\n", "*".repeat(100_000));
        assert!(allows(&stars, "/html/"));
        let endless = "User-agent: *\n".repeat(40_000);
        assert!(allows(&endless, "/html/"));
        let noise: Vec<u8> = (0..=255_u8).cycle().take(600_000).collect();
        assert!(Rules::read(&noise).allow(&Url::parse("http://a.example/").unwrap()));
    }
}
