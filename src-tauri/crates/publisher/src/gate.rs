//! The door to one host: how many are inside, when the next may start, and whether it is shut for now.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// A site that shuts its door for longer is asked again after this all the same, if the program runs that
/// long.
const LONGEST_SHUT: Duration = Duration::from_hours(24);

#[derive(Debug)]
pub(crate) struct Gate {
    slots: Semaphore,
    at_once: usize,
    times: Mutex<Times>,
}

#[derive(Debug, Default)]
struct Times {
    next_start: Option<Instant>,
    shut_until: Option<Instant>,
}

/// The host wants to be left alone for so long.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shut(pub(crate) Duration);

impl Gate {
    pub(crate) fn new(at_once: usize) -> Self {
        let at_once = at_once.max(1);
        Self { slots: Semaphore::new(at_once), at_once, times: Mutex::default() }
    }

    /// How many slots a visitor takes who wants at most so many inside: as many as leave no room for one more.
    fn share(&self, at_once: usize) -> u32 {
        let wanted = at_once.clamp(1, self.at_once);
        u32::try_from(self.at_once / (wanted + 1) + 1).unwrap_or(1)
    }

    /// Waits for a turn, which lasts as long as what is returned is held; the next one starts `pause` later
    /// at the earliest, and no more than `at_once` who say so are inside. A gate that is shut is waited for, unless that would be more than `patience`.
    pub(crate) async fn enter(
        &self,
        pause: Duration,
        at_once: usize,
        patience: Duration,
    ) -> Result<Option<SemaphorePermit<'_>>, Shut> {
        // The semaphore is never closed; without one there would be nothing to wait for.
        let slot = self.slots.acquire_many(self.share(at_once)).await.ok();
        loop {
            let start = self.next_start(pause, patience)?;
            sleep_until(start).await;
            // Another request may have met a "come back later" meanwhile.
            if self.times().shut_until.is_none_or(|until| until <= Instant::now()) {
                return Ok(slot);
            }
        }
    }

    /// Takes the next time at which a request may start.
    fn next_start(&self, pause: Duration, patience: Duration) -> Result<Instant, Shut> {
        let now = Instant::now();
        let mut times = self.times();
        if let Some(until) = times.shut_until
            && until > now + patience
        {
            return Err(Shut(until - now));
        }
        let start =
            [Some(now), times.next_start, times.shut_until].into_iter().flatten().max().unwrap_or(now);
        times.next_start = Some(start + pause);
        Ok(start)
    }

    /// Nobody enters for so long.
    pub(crate) fn shut_for(&self, wait: Duration) {
        let until = Instant::now() + wait.min(LONGEST_SHUT);
        let mut times = self.times();
        times.shut_until = times.shut_until.max(Some(until));
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        // Two independent instants cannot be left half-written.
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::task::JoinSet;

    use super::*;

    const PATIENCE: Duration = Duration::from_mins(1);

    #[tokio::test(start_paused = true)]
    async fn starts_are_apart_and_few_are_inside() {
        let gate = Arc::new(Gate::new(2));
        let begin = Instant::now();
        let mut visits = JoinSet::new();
        for _ in 0..5 {
            let gate = Arc::clone(&gate);
            visits.spawn(async move {
                let _slot = gate.enter(Duration::from_millis(500), usize::MAX, PATIENCE).await.unwrap();
                let start = begin.elapsed().as_millis();
                tokio::time::sleep(Duration::from_secs(3)).await;
                start
            });
        }
        let mut starts = visits.join_all().await;
        starts.sort_unstable();
        assert_eq!(starts, [0, 500, 3_000, 3_500, 6_000]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_shut_gate_is_waited_for_or_not() {
        let gate = Gate::new(1);
        let begin = Instant::now();
        gate.shut_for(Duration::from_secs(30));
        gate.shut_for(Duration::from_secs(5));
        drop(gate.enter(Duration::ZERO, 2, PATIENCE).await.unwrap());
        assert_eq!(begin.elapsed().as_secs(), 30, "a shorter word does not open it sooner");

        gate.shut_for(Duration::from_secs(61));
        assert_eq!(gate.enter(Duration::ZERO, 2, PATIENCE).await.unwrap_err(), Shut(Duration::from_secs(61)));
        tokio::time::sleep(Duration::from_secs(1)).await;
        drop(gate.enter(Duration::ZERO, 2, PATIENCE).await.unwrap());
        assert_eq!(begin.elapsed().as_secs(), 91);

        gate.shut_for(Duration::MAX);
        assert_eq!(gate.enter(Duration::ZERO, 2, PATIENCE).await.unwrap_err(), Shut(LONGEST_SHUT));
    }

    #[tokio::test(start_paused = true)]
    async fn those_already_waiting_heed_a_gate_that_shuts() {
        let gate = Arc::new(Gate::new(2));
        let begin = Instant::now();
        drop(gate.enter(Duration::from_secs(10), 2, PATIENCE).await.unwrap());
        let waiting = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.enter(Duration::ZERO, 2, PATIENCE).await.map(|_slot| begin.elapsed().as_secs()) }
        });
        tokio::time::sleep(Duration::from_secs(5)).await;
        gate.shut_for(Duration::from_secs(20));
        assert_eq!(waiting.await.unwrap(), Ok(25));
    }

    #[tokio::test(start_paused = true)]
    async fn who_wants_fewer_inside_waits_until_there_are() {
        for (slots, wanted, most) in [(2, 1, 1), (2, 2, 2), (2, 9, 2), (5, 2, 2), (3, 0, 1), (4, 3, 3)] {
            let gate = Arc::new(Gate::new(slots));
            let inside = Arc::new(std::sync::atomic::AtomicUsize::new(0));
            let mut visits = JoinSet::new();
            for _ in 0..10 {
                let (gate, inside) = (Arc::clone(&gate), Arc::clone(&inside));
                visits.spawn(async move {
                    let _slot = gate.enter(Duration::ZERO, wanted, PATIENCE).await.unwrap();
                    let now = inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                    now
                });
            }
            let seen = visits.join_all().await.into_iter().max().unwrap();
            assert!((1..=most).contains(&seen), "{slots} slots, {wanted} wanted: {seen} inside");
        }
    }
}
