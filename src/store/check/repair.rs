//! Mending: damaged segments from a backup, what the map still has into the journal, and the map anew from the journal.

use std::path::Path;

use super::finding::{Checkup, Finding, Remedy};
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::fault::StoreError;
use crate::store::journal::Progress;
use crate::store::opening::Trust;
use crate::store::probe::Probe;
use crate::store::{OpenReport, Read, Store, backup};

/// What a repair found and did.
pub struct Repaired {
    /// What was wrong before; what was mended says so.
    pub findings: Vec<Finding>,
    /// The store as it is now.
    pub after: Checkup,
    /// The repaired store.
    pub store: Store,
}

impl Store {
    /// Mends what can be mended: damaged segments from a backup, what the map still has into the journal, and the map
    /// anew from the journal. Damaged files and the old map are kept.
    ///
    /// # Errors
    /// `NoBackup`, `ForeignBackup`, and what the disk refuses.
    pub fn repair(
        self,
        found: Checkup,
        from: Option<&Path>,
        probe: &Probe,
        gauge: &mut dyn FnMut(Progress),
    ) -> Result<Repaired, StoreError> {
        let mut healed = 0;
        if let (Some(backup), Some(journal)) = (from, self.journal()) {
            healed = backup::heal(journal, backup)?.frames;
        }
        let damages = self.journal().map_or_else(Vec::new, |journal| journal.verify(|_| {}));
        let lost: Vec<_> = damages.into_iter().filter_map(|damage| damage.lost).collect();
        self.restate_lost(&lost)?;
        self.restate_these(&found.unwritten)?;
        let is_derived = found.findings.iter().any(|finding| finding.remedy == Remedy::Build);
        let build = is_derived || (healed > 0 && !self.missed()?.is_empty());
        let dir = self.dir().map(Path::to_path_buf);
        let (store, opened) = match dir {
            Some(dir) if build => {
                self.close()?;
                drop(self);
                Store::open_as(&dir, Trust::Build, probe, gauge)?
            }
            _ => (self, OpenReport::default()),
        };
        let after = store.check(&opened)?;
        let findings = told_again(found.findings, &after.findings);
        Ok(Repaired { findings, after, store })
    }

    fn restate_these(&self, records: &[(&'static str, Id)]) -> Result<(), StoreError> {
        for part in records.chunks(512) {
            let reader = self.reader();
            let mut found = Vec::new();
            for (kind, id) in part {
                found.extend(reader.stored(kind, *id)?);
            }
            self.restate(found, Vec::new())?;
        }
        Ok(())
    }
}

/// The findings from before a repair, each with what has become of it, and those that came up since.
fn told_again(before: Vec<Finding>, after: &[Finding]) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for finding in before {
        let same = after.iter().find(|left| left.place == finding.place);
        told.push(match same {
            Some(left) => left.clone(),
            None => Finding {
                what: Message::new(
                    format!("{} – đã sửa xong", finding.what.vi),
                    format!("{} – mended", finding.what.en),
                ),
                lost: Some(Vec::new()),
                lost_at_most: Some(0),
                remedy: Remedy::Done,
                ..finding
            },
        });
    }
    let new = after
        .iter()
        .filter(|left| told.iter().all(|finding| finding.place != left.place));
    let new: Vec<Finding> = new.cloned().collect();
    told.extend(new);
    told
}
