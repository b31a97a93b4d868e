//! One window a library: who opens it a second time gets the window that is there.
//!
//! A lock on a file in the library's folder says that a window has it; the system gives it back however the program
//! ends. Beside it stands where that window listens, on this machine only, and the word that it answers to.

use camino::Utf8Path;
use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

const LOCK: &str = "window.lock";
const ADDRESS: &str = "window.address";

/// A window that is opening or closing is waited for so long; then a second one is better than none.
const PATIENCE: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(50);

/// What is heard is a word of sixteen letters.
const MOST_HEARD: u64 = 64;

const RAISED: &str = "raised";

pub(crate) enum Claim {
    /// Nobody else has the library's window. Held as long as the window is.
    Ours(Claimed),
    /// There was one, and it has come to the front.
    Raised,
    /// The folder knows no locks, or whoever has the lock does not answer: the window opens, and nobody can call it.
    Unknown,
}

pub(crate) struct Claimed {
    _lock: File,
    listener: TcpListener,
    word: String,
}

/// Claims the window of the library in this folder, or raises the one that has it.
pub(crate) fn claim(library: &Utf8Path) -> Claim {
    claim_within(library, PATIENCE)
}

fn claim_within(library: &Utf8Path, patience: Duration) -> Claim {
    let end = Instant::now() + patience;
    let lock = fs::create_dir_all(library)
        .and_then(|()| File::options().create(true).append(true).open(library.join(LOCK)));
    let lock = match lock {
        Ok(lock) => lock,
        Err(error) => {
            tracing::warn!(%library, %error, "no telling whether another window has this library");
            return Claim::Unknown;
        }
    };
    loop {
        match lock.try_lock() {
            Ok(()) => {
                return listen(library, lock).map_or_else(
                    |error| {
                        tracing::warn!(%library, %error, "a second start will not find this window");
                        Claim::Unknown
                    },
                    Claim::Ours,
                );
            }
            Err(TryLockError::WouldBlock) => {
                if raise(&library.join(ADDRESS)).is_some() {
                    return Claim::Raised;
                }
            }
            Err(TryLockError::Error(error)) => {
                tracing::warn!(%library, %error, "no telling whether another window has this library");
                return Claim::Unknown;
            }
        }
        if Instant::now() > end {
            return Claim::Unknown;
        }
        std::thread::sleep(LOOK);
    }
}

fn listen(library: &Utf8Path, lock: File) -> std::io::Result<Claimed> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    // Its keys are the system's random numbers.
    let word = format!("{:016x}", RandomState::new().hash_one(port));
    let address = library.join(ADDRESS);
    let unfinished = library.join(format!("{ADDRESS}.new"));
    fs::write(&unfinished, format!("{port} {word}\n"))?;
    fs::rename(&unfinished, &address)?;
    Ok(Claimed { _lock: lock, listener, word })
}

/// Asks the window that listens there to come to the front; nothing if it does not say that it did.
fn raise(address: &Utf8Path) -> Option<()> {
    let text = fs::read_to_string(address).ok()?;
    let (port, word) = text.trim().split_once(' ')?;
    let there = (Ipv4Addr::LOCALHOST, port.parse::<u16>().ok()?).into();
    let mut stream = TcpStream::connect_timeout(&there, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    writeln!(stream, "{word}").ok()?;
    let mut answer = String::new();
    BufReader::new(stream.take(MOST_HEARD)).read_line(&mut answer).ok()?;
    (answer.trim() == RAISED).then_some(())
}

impl Claimed {
    /// Comes to the front whenever somebody starts the program again; `come` tells whether there is a window still.
    pub(crate) fn answer(self, come: impl Fn() -> bool + Send + 'static) {
        let spawned = std::thread::Builder::new().name("kanbao-one-window".into()).spawn(move || {
            for stream in self.listener.incoming().flatten() {
                self.hear(stream, &come);
            }
        });
        if let Err(error) = spawned {
            tracing::warn!(%error, "a second start will not find this window");
        }
    }

    fn hear(&self, stream: TcpStream, come: &impl Fn() -> bool) {
        // Who says nothing keeps nobody waiting.
        if stream.set_read_timeout(Some(Duration::from_secs(1))).is_err() {
            return;
        }
        let mut heard = String::new();
        let Ok(mut answer) = stream.try_clone() else { return };
        if BufReader::new(stream.take(MOST_HEARD)).read_line(&mut heard).is_ok()
            && heard.trim() == self.word
            && come()
        {
            // Whoever asked may be gone.
            let _ = writeln!(answer, "{RAISED}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8PathBuf;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const SHORT: Duration = Duration::from_millis(300);

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().join("library")).unwrap();
        (folder, path)
    }

    #[test]
    fn the_second_raises_the_first_and_another_library_has_its_own() {
        let (_one, library) = folder();
        let Claim::Ours(first) = claim_within(&library, SHORT) else { panic!("nobody has it") };
        let raised = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&raised);
        first.answer(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            true
        });
        assert!(matches!(claim_within(&library, SHORT), Claim::Raised));
        assert_eq!(raised.load(Ordering::SeqCst), 1);
        let (_other, other) = folder();
        assert!(matches!(claim_within(&other, SHORT), Claim::Ours(_)));
    }

    #[test]
    fn a_window_that_is_gone_or_dumb_stops_nobody() {
        let (_folder, library) = folder();
        let Claim::Ours(first) = claim_within(&library, SHORT) else { panic!("nobody has it") };
        drop(first);
        // What it wrote is still there, and nobody listens.
        let Claim::Ours(second) = claim_within(&library, SHORT) else { panic!("it is free again") };
        second.answer(|| false);
        assert!(matches!(claim_within(&library, SHORT), Claim::Unknown));
    }

    #[test]
    fn a_stranger_raises_nothing() {
        let (_folder, library) = folder();
        let Claim::Ours(first) = claim_within(&library, SHORT) else { panic!("nobody has it") };
        first.answer(|| true);
        let text = fs::read_to_string(library.join(ADDRESS)).unwrap();
        let (port, _) = text.trim().split_once(' ').unwrap();
        fs::write(library.join("stranger"), format!("{port} 0123456789abcdef\n")).unwrap();
        assert!(raise(&library.join("stranger")).is_none());
        assert!(raise(&library.join(ADDRESS)).is_some());
    }
}
