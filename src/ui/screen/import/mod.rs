//! A list from a file into the logbook, in three steps: [`browse`] finds the file, [`mapping`] shows which column goes
//! where and lets that be changed, [`preview`] shows what would become of every row before anything is written.
//!
//! Reading, judging and writing go on a thread with a gauge where they are long, and can be stopped without a trace.

pub mod browse;
mod mapping;
mod preview;
mod row;
mod shown;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::entry::Entry;
use crate::domain::record::{KINDS, Kind, kind};
use crate::domain::schema::Schema;
use crate::domain::text::Message;
use crate::import::event::Event;
use crate::import::file::{self, Grid};
use crate::import::headings::Names;
use crate::import::mapping::OwnMap;
use crate::import::table::{self, Choice};
use crate::import::watch::Go;
use crate::ui::screen::{Cx, Progress, Screen};

/// Up to so many rows are judged at once; more go on a thread.
const AT_ONCE: usize = 300;

/// What a file is to become.
#[derive(Clone)]
enum Wanted {
    /// Whatever its headings fit best.
    Anything,
    /// Records of this kind.
    Kind(&'static dyn Kind),
    /// Rows of one session or fair.
    Event(Event),
}

/// A file that was read.
struct Loaded {
    path: PathBuf,
    grids: Vec<Grid>,
    wanted: Wanted,
    /// What its headings fit best, where nothing was wanted.
    likeliest: Option<&'static dyn Kind>,
}

impl Loaded {
    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Imports a list of any kind; which, its headings say or the officer.
pub fn open(cx: &Cx<'_>) -> Box<dyn Screen> {
    browse::open(Wanted::Anything, cx)
}

/// Imports a list of records of a kind.
pub fn open_kind(key: &str, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    Some(browse::open(Wanted::Kind(kind(key)?), cx))
}

/// Imports a list straight into a session or a fair; none for any other record.
pub fn open_into(event: Entry, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    Some(browse::open(Wanted::Event(Event::of(event)?), cx))
}

/// Reads a file, for a thread.
fn load(path: PathBuf, wanted: Wanted, schema: &Schema, progress: &Progress) -> Result<Arc<Loaded>, Message> {
    let grids = file::open(&path, &|done, all| go(progress, done, all)).map_err(|fault| fault.message())?;
    let likeliest = match wanted {
        Wanted::Anything => likeliest(&grids, schema),
        _ => None,
    };
    Ok(Arc::new(Loaded {
        path,
        grids,
        wanted,
        likeliest,
    }))
}

/// The kind whose fields the headings name best; of several alike the one that offices have lists of.
fn likeliest(grids: &[Grid], schema: &Schema) -> Option<&'static dyn Kind> {
    let first = ["person", "cooperative", "measurement", "product"];
    let usual = first.iter().filter_map(|key| kind(key));
    let rest = KINDS.iter().copied().filter(|kind| !first.contains(&kind.key()));
    let mut best: Option<(u32, &'static dyn Kind)> = None;
    for kind in usual.chain(rest) {
        let map = OwnMap::default();
        let names = Names::new(kind, schema, &map, None);
        if let Ok(table) = table::find(grids, &names, &map, Choice::Auto)
            && best.is_none_or(|(fit, _)| table.fit > fit)
        {
            best = Some((table.fit, kind));
        }
    }
    best.map(|(_, kind)| kind)
}

fn go(progress: &Progress, done: u64, all: u64) -> Go {
    progress.report(done, all);
    match progress.stopped() {
        true => Go::Stop,
        false => Go::On,
    }
}
