//! How long pages take to be drawn, for `cargo xtask bench`: as one process a job, or one that answers line by line.
//!
//! ```text
//! drawing_speed answer                           reads "FILE HEIGHT" lines, answers "SECONDS WIDTHxHEIGHT" (tabs)
//! drawing_speed once FILE HEIGHT                 the same for one page, and no answer
//! drawing_speed picture PDF WIDTH OUT.jpg        makes a page's picture as sites send them
//! drawing_speed preview PICTURE WIDTH OUT.jpg    the page small, as the window asks for it first
//! drawing_speed pyramid PICTURE THREADS FOLDER   every tile of every size, halved until one tile holds the page
//! ```

use kanbao_render::{Cut, Sheet, Size, TILE_SIZE};
use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What libvips writes too, unless it is told otherwise.
const QUALITY: u8 = 75;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["answer"] => answer(),
        ["once", file, height] => draw(file, height).map(|_| ()),
        ["picture", pdf, width, out] => small(pdf, width, out, 85),
        ["preview", picture, width, out] => small(picture, width, out, QUALITY),
        ["pyramid", picture, threads, folder] => pyramid(picture, threads, Path::new(folder)),
        _ => Err("see the top of drawing_speed.rs for what it can be asked".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("drawing_speed: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn answer() -> Outcome<()> {
    let mut output = std::io::stdout();
    writeln!(output, "ready")?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (file, height) = line.split_once('\t').unwrap_or((&line, ""));
        match draw(file, height) {
            Ok((seconds, width, height)) => writeln!(output, "{seconds}\t{width}x{height}")?,
            Err(problem) => writeln!(output, "failed\t{}", problem.to_string().replace('\n', " "))?,
        }
        output.flush()?;
    }
    Ok(())
}

/// From the file's bytes in memory to the bitmap.
fn draw(file: &str, height: &str) -> Outcome<(f64, u32, u32)> {
    let (bytes, height) = (std::fs::read(file)?, height.parse::<f64>()?);
    let start = Instant::now();
    let sheet = Sheet::open(bytes)?;
    let (page_width, page_height) = sheet.size();
    let bitmap = sheet.cut(Cut::WHOLE, (page_width / page_height * height).round().max(1.0) as u32)?;
    let seconds = start.elapsed().as_secs_f64();
    Ok((seconds, bitmap.width, bitmap.height))
}

fn small(page: &str, width: &str, out: &str, quality: u8) -> Outcome<()> {
    let sheet = Sheet::open(std::fs::read(page)?)?;
    std::fs::write(out, sheet.cut(Cut::WHOLE, width.parse()?)?.jpeg(quality)?)?;
    Ok(())
}

fn pyramid(picture: &str, threads: &str, folder: &Path) -> Outcome<()> {
    let sheet = Sheet::open(std::fs::read(picture)?)?;
    let mut size = sheet.full_size();
    let mut jobs = Vec::new();
    for level in 0.. {
        let (columns, rows) = (size.width.div_ceil(TILE_SIZE), size.height.div_ceil(TILE_SIZE));
        let places = (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y)));
        jobs.extend(places.map(|(x, y)| (level, size, x, y)));
        std::fs::create_dir_all(folder.join(level.to_string()))?;
        if columns == 1 && rows == 1 {
            break;
        }
        size = Size { width: size.width.div_ceil(2), height: size.height.div_ceil(2) };
    }
    let next = AtomicUsize::new(0);
    let work = || -> Outcome<()> {
        while let Some(&(level, size, x, y)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let tile = sheet.tile(size, x, y)?.jpeg(QUALITY)?;
            std::fs::write(folder.join(format!("{level}/{x}_{y}.jpg")), tile)?;
        }
        Ok(())
    };
    let threads: usize = threads.parse()?;
    std::thread::scope(|scope| {
        let working: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        working.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| Err("a panic".into())))
    })
}
