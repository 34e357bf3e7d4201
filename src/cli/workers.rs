//! Work on other threads, and its results in the order in which it was given out.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

type Job = Box<dyn FnOnce() + Send>;

/// Threads, which are started once there is work for more than one.
pub(super) struct Workers {
    jobs: usize,
    jobs_for_threads: Option<Sender<Job>>,
}

impl Workers {
    /// As many threads as `jobs` says, else one for each core.
    pub(super) fn new(jobs: Option<u16>) -> Self {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        Self { jobs: jobs.map_or_else(cores, usize::from), jobs_for_threads: None }
    }

    /// Where threads take work from; nothing where one thread is enough, or others cannot be had.
    fn threads(&mut self) -> Option<&Sender<Job>> {
        if self.jobs > 1 && self.jobs_for_threads.is_none() {
            let (sender, receiver) = channel();
            let receiver = Arc::new(Mutex::new(receiver));
            let start = || {
                let receiver = Arc::clone(&receiver);
                thread::Builder::new().spawn(move || work_through(&receiver)).is_ok()
            };
            let started = (0..self.jobs).filter(|_| start()).count();
            self.jobs = started;
            self.jobs_for_threads = (started > 0).then_some(sender);
        }
        self.jobs_for_threads.as_ref()
    }
}

/// Does what comes, one job after the other, until nothing can come any more.
fn work_through(jobs: &Mutex<Receiver<Job>>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}

/// Work that was given out, while this thread goes on with something else.
pub(super) struct Queue<R> {
    sender: Sender<Numbered<R>>,
    receiver: Receiver<Numbered<R>>,
    /// How many pieces were given out, and of how many the results were taken.
    given: usize,
    taken: usize,
    /// Results that came before their turn.
    early: BTreeMap<usize, thread::Result<R>>,
}

/// What came of a piece of work, or its panic.
type Numbered<R> = (usize, thread::Result<R>);

impl<R: Send + 'static> Queue<R> {
    pub(super) fn new() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, given: 0, taken: 0, early: BTreeMap::new() }
    }

    /// How many results were not taken so far.
    pub(super) fn len(&self) -> usize {
        self.given - self.taken
    }

    /// Gives out `work`. Without threads, or if it is `alone` and nothing is gained by them, it is done at once.
    pub(super) fn give(
        &mut self,
        workers: &mut Workers,
        alone: bool,
        work: impl FnOnce() -> R + Send + 'static,
    ) {
        let (number, sender) = (self.given, self.sender.clone());
        self.given += 1;
        let work = || catch_unwind(AssertUnwindSafe(work));
        let threads = if alone { None } else { workers.threads() };
        let Some(threads) = threads else {
            self.early.insert(number, work());
            return;
        };
        let job = move || {
            // Who would take the result may be gone.
            let _ = sender.send((number, work()));
        };
        if let Err(job) = threads.send(Box::new(job)) {
            job.0();
        }
    }

    /// The next result, in the order of the work. It waits for it; there is none if all were taken. A panic of the work goes on
    /// here: nobody would wait for its result in vain.
    pub(super) fn take(&mut self) -> Option<R> {
        while self.taken < self.given {
            if let Some(result) = self.early.remove(&self.taken) {
                self.taken += 1;
                return Some(result.unwrap_or_else(|panic| resume_unwind(panic)));
            }
            let (number, result) = self.receiver.recv().ok()?;
            self.early.insert(number, result);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_work() {
        for (jobs, alone) in [(1, false), (4, false), (4, true)] {
            let (mut workers, mut queue) = (Workers::new(Some(jobs)), Queue::new());
            for number in 0..40_u64 {
                // The first ones take the longest.
                let work = move || {
                    std::thread::sleep(Duration::from_micros(400 - 10 * number));
                    number
                };
                queue.give(&mut workers, alone, work);
            }
            assert_eq!(queue.len(), 40);
            let taken: Vec<_> = std::iter::from_fn(|| queue.take()).collect();
            assert!(taken.into_iter().eq(0..40) && queue.len() == 0);
        }
    }
    #[test]
    fn a_panic_comes_in_its_turn_instead_of_a_result() {
        for jobs in [1, 3] {
            let (mut workers, mut queue) = (Workers::new(Some(jobs)), Queue::new());
            queue.give(&mut workers, false, || 1);
            queue.give(&mut workers, false, || if true { resume_unwind(Box::new("on purpose")) } else { 2 });
            queue.give(&mut workers, false, || 3);
            assert_eq!(queue.take(), Some(1));
            assert!(catch_unwind(AssertUnwindSafe(|| queue.take())).is_err());
            assert_eq!((queue.take(), queue.take()), (Some(3), None));
        }
    }
}
