//! How long reading a site's documents takes, for `cargo xtask bench parsing`: bytes to what the library is given.
//!
//! Started with a list of documents (kind, content type, address, file; a line each, parted by tabs). Each line on the
//! standard input names a kind; the answer is the seconds that reading all of that kind took, the mean of as many passes as
//! take [`ENOUGH`], and what was found.

use kanbao_publisher::charset::decode;
use kanbao_sources::read;
use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use url::Url;

/// What takes less measures how soon the machine gives a program that was asleep a whole core. The scraper's too.
const ENOUGH: Duration = Duration::from_millis(400);

struct Document {
    kind: String,
    content_type: String,
    url: Url,
    bytes: Vec<u8>,
}

/// What a scraper would be asked for, counted, so that nobody is fast by looking at less.
#[derive(Default)]
struct Found {
    areas: usize,
    pages: usize,
    articles: usize,
    headlines: usize,
    characters: usize,
}

/// The command line's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("reading_speed: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let list = std::env::args().nth(1).ok_or("name the list of documents")?;
    let mut documents = Vec::new();
    for line in std::fs::read_to_string(list)?.lines() {
        let [kind, content_type, address, file] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{line:?} is not understood").into());
        };
        documents.push(Document {
            kind: kind.to_owned(),
            content_type: content_type.to_owned(),
            url: Url::parse(address)?,
            bytes: std::fs::read(file)?,
        });
    }
    let mut output = std::io::stdout();
    writeln!(output, "ready")?;
    for line in std::io::stdin().lock().lines() {
        let kind = line?;
        let (start, mut passes, mut found) = (Instant::now(), 0, Found::default());
        while passes == 0 || start.elapsed() < ENOUGH {
            found = Found::default();
            for document in documents.iter().filter(|document| document.kind == kind) {
                found.add(document);
            }
            passes += 1;
        }
        let seconds = start.elapsed().as_secs_f64() / f64::from(passes);
        let Found { areas, pages, articles, headlines, characters } = found;
        writeln!(output, "{seconds}\t{areas}\t{pages}\t{articles}\t{headlines}\t{characters}")?;
        output.flush()?;
    }
    Ok(())
}

impl Found {
    fn add(&mut self, document: &Document) {
        let text = decode(&document.bytes, Some(&document.content_type)).text;
        let reading = read(&document.url, &text);
        if let Some(page) = &reading.page {
            // The regions are made as the library gets them; counted are areas, as any scraper sees them.
            std::hint::black_box(page.regions(None));
            self.areas += page.areas.len();
            self.pages += reading.pages.len();
            self.articles += page.articles.len();
        }
        if let Some(article) = &reading.article {
            self.headlines += usize::from(!article.article.decks.headline.is_empty());
            let body = article.article.body();
            self.characters += body.chars().filter(|c| !c.is_whitespace()).count();
        }
    }
}
