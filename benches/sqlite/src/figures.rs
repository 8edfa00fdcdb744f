//! Figures: each contender in turn, so that the moods of the disk fall on all of them alike.

use std::time::{Duration, Instant};

/// One contender: a name, and one round of its work.
pub type Contender<'a> = (&'static str, Box<dyn FnMut() + 'a>);

/// What one contender took, shortest first.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Its name.
    pub name: &'static str,
    taken: Vec<Duration>,
}

impl Figures {
    /// From what each round took.
    pub fn of(name: &'static str, mut taken: Vec<Duration>) -> Figures {
        assert!(!taken.is_empty(), "no round was run");
        taken.sort_unstable();
        Figures { name, taken }
    }

    /// What half of the rounds stayed below.
    pub fn median(&self) -> Duration {
        self.share(50)
    }

    /// What that many of a hundred rounds stayed below.
    pub fn share(&self, percent: usize) -> Duration {
        self.taken[(self.taken.len() - 1) * percent / 100]
    }

    /// All rounds together, by their number: what is put off to some round is in it.
    pub fn mean(&self) -> Duration {
        self.taken.iter().sum::<Duration>() / self.taken.len() as u32
    }

    /// One line of a table, beside the one that it is measured against.
    pub fn line(&self, beside: &Figures) -> String {
        let ratio = |own: Duration, other: Duration| own.as_secs_f64() / other.as_secs_f64();
        format!(
            "{:<44} {:>11.1?} {:>11.1?} {:>11.1?}   × {:.2} (mean × {:.2}) of {}",
            self.name,
            self.median(),
            self.mean(),
            self.share(99),
            ratio(self.median(), beside.median()),
            ratio(self.mean(), beside.mean()),
            beside.name
        )
    }
}

/// Runs one round of each contender after the other, again and again.
pub fn in_turns(rounds: usize, contenders: &mut [Contender<'_>]) -> Vec<Figures> {
    let mut taken: Vec<Vec<Duration>> = contenders.iter().map(|_| Vec::with_capacity(rounds)).collect();
    for round in 0..rounds {
        // Who begins changes, so that nobody always comes behind the same one.
        for place in 0..contenders.len() {
            let place = (place + round) % contenders.len();
            let begun = Instant::now();
            (contenders[place].1)();
            taken[place].push(begun.elapsed());
        }
    }
    let names = contenders.iter().map(|(name, _)| *name);
    names.zip(taken).map(|(name, taken)| Figures::of(name, taken)).collect()
}

/// Resident memory of this process in MiB, where the system tells it.
pub fn resident() -> Option<f64> {
    told("VmRSS:")
}

/// The most resident memory that this process ever had, in MiB, where the system tells it.
pub fn peak() -> Option<f64> {
    told("VmHWM:")
}

fn told(name: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

/// A number given in the environment, or the usual one.
pub fn number(name: &str, usual: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}
