//! Runs a decoder where it can do no harm: its own deep stack, a deadline, and panics kept inside.

use crate::RenderError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// Nested forms and outlines recurse; the default 2 MB of a thread has been seen to run out.
const STACK_BYTES: usize = 64 << 20;

/// How long one drawing may take before the page is given up.
pub(crate) const SECONDS: u64 = 30;

/// A thread cannot be stopped from outside, so one that overran its deadline goes on. This many may.
const MOST_RUNAWAYS: usize = 4;

static RUNAWAYS: AtomicUsize = AtomicUsize::new(0);

/// Runs `work` on a thread of its own and waits for it, at most [`SECONDS`].
pub(crate) fn confined<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, RenderError> + Send + 'static,
) -> Result<T, RenderError> {
    within(Duration::from_secs(SECONDS), work)
}

fn within<T: Send + 'static>(
    deadline: Duration,
    work: impl FnOnce() -> Result<T, RenderError> + Send + 'static,
) -> Result<T, RenderError> {
    if RUNAWAYS.load(Ordering::SeqCst) >= MOST_RUNAWAYS {
        return Err(RenderError::TooSlow(deadline.as_secs()));
    }
    let (sender, receiver) = mpsc::channel();
    // Whoever comes second, the thread that ends or the deadline, sees that the other was there.
    let met = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&met);
    let spawned =
        std::thread::Builder::new().name("kanbao-render".into()).stack_size(STACK_BYTES).spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(RenderError::Broken));
            // The receiver is gone when the deadline passed; the result is then of no use to anyone.
            let _ = sender.send(result);
            if ended.swap(true, Ordering::SeqCst) {
                RUNAWAYS.fetch_sub(1, Ordering::SeqCst);
            }
        });
    if spawned.is_err() {
        return Err(RenderError::Broken);
    }
    receiver.recv_timeout(deadline).unwrap_or_else(|error| match error {
        mpsc::RecvTimeoutError::Timeout => {
            RUNAWAYS.fetch_add(1, Ordering::SeqCst);
            if met.swap(true, Ordering::SeqCst) {
                RUNAWAYS.fetch_sub(1, Ordering::SeqCst);
            }
            Err(RenderError::TooSlow(deadline.as_secs()))
        }
        mpsc::RecvTimeoutError::Disconnected => Err(RenderError::Broken),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_so_is_a_hang() {
        let panicked: Result<(), _> = confined(|| panic!("a damaged file"));
        assert_eq!(panicked, Err(RenderError::Broken));
        let (release, held) = mpsc::channel::<()>();
        let hung = within(Duration::from_millis(20), move || {
            let _ = held.recv();
            Ok(())
        });
        assert_eq!(hung, Err(RenderError::TooSlow(0)));
        drop(release);
        assert_eq!(confined(|| Ok(7)), Ok(7));
    }
}
