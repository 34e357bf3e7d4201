//! Work on other threads, and its results in the order in which it was given out.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Threads, which are started once there is work for more than one.
pub(super) struct Workers {
    jobs: usize,
    pool: Option<rayon::ThreadPool>,
}

impl Workers {
    /// As many threads as `jobs` says, else one for each core.
    pub(super) fn new(jobs: Option<u16>) -> Self {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Self { jobs: jobs.map_or_else(cores, usize::from), pool: None }
    }

    /// The threads; none where one is enough, or where they cannot be had.
    fn pool(&mut self) -> Option<&rayon::ThreadPool> {
        if self.jobs > 1 && self.pool.is_none() {
            self.pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).build().ok();
        }
        self.pool.as_ref()
    }

    /// `each` of all `items`, in their order.
    pub(super) fn map<T: Send, R: Send>(&mut self, items: Vec<T>, each: impl Fn(T) -> R + Sync) -> Vec<R> {
        match self.pool().filter(|_| items.len() > 1) {
            Some(pool) => pool.install(|| items.into_par_iter().map(&each).collect()),
            None => items.into_iter().map(each).collect(),
        }
    }
}

/// Work that was given out, while this thread goes on with something else.
pub(super) struct Queue<R> {
    sender: Sender<(usize, R)>,
    receiver: Receiver<(usize, R)>,
    /// How many pieces were given out, and of how many the results were taken.
    given: usize,
    taken: usize,
    /// Results that came before their turn.
    early: BTreeMap<usize, R>,
}

impl<R: Send + 'static> Queue<R> {
    pub(super) fn new() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, given: 0, taken: 0, early: BTreeMap::new() }
    }

    /// How many results were not taken so far.
    pub(super) fn len(&self) -> usize {
        self.given - self.taken
    }

    /// Gives out `work`, which must not panic; without threads, or if nothing else is to be done, it is done at once.
    pub(super) fn give(
        &mut self,
        workers: &mut Workers,
        alone: bool,
        work: impl FnOnce() -> R + Send + 'static,
    ) {
        let (number, sender) = (self.given, self.sender.clone());
        self.given += 1;
        match if alone { None } else { workers.pool() } {
            Some(pool) => pool.spawn_fifo(move || {
                // Who would take the result may be gone.
                let _ = sender.send((number, work()));
            }),
            None => {
                self.early.insert(number, work());
            }
        }
    }

    /// The next result, in the order of the work. It waits for it; there is none if all were taken.
    pub(super) fn take(&mut self) -> Option<R> {
        while self.taken < self.given {
            if let Some(result) = self.early.remove(&self.taken) {
                self.taken += 1;
                return Some(result);
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
}
