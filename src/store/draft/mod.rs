//! Drafts: what is being typed and not yet saved, one file each, so that a power cut costs at most the field being typed.

mod keeper;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::durable;
use super::fault::StoreError;
use super::{Store, now_ms};
use crate::arrange::Arrange;
use crate::domain::id::Id;

pub(super) use keeper::Keeper;

/// A form left open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The record it is for: a new id, or an existing record's.
    pub id: Id,
    /// Its kind.
    pub kind: String,
    /// The field the cursor stood in.
    pub focus: Option<String>,
    /// What the screen that made it needs to go on: texts as typed, marks.
    pub body: Json,
    /// When it was last changed, milliseconds since 1970.
    pub changed_ms: u64,
}

impl Store {
    fn drafts_dir(&self) -> Option<PathBuf> {
        self.dir().map(|dir| dir.join("drafts"))
    }

    fn draft_path(&self, id: Id) -> Option<PathBuf> {
        self.drafts_dir().map(|dir| dir.join(format!("{id}.json")))
    }

    /// Writes a draft: whatever ends the program, it is there; within a second it also survives a power cut. A store in
    /// memory keeps none.
    ///
    /// # Errors
    /// It could not be written; the draft as it was before is still there.
    pub fn save_draft(&self, mut draft: Draft) -> Result<(), StoreError> {
        let (Some(dir), Some(path)) = (self.drafts_dir(), self.draft_path(draft.id)) else {
            return Ok(());
        };
        draft.changed_ms = now_ms();
        durable::make_folder(&dir)?;
        let bytes = serde_json::to_vec(&draft).map_err(|_| StoreError::damaged("draft"))?;
        self.drafts.write(&path, &bytes)
    }

    /// Forgets a draft, once its record is saved or the officer gives it up.
    pub fn remove_draft(&self, id: Id) -> Result<(), StoreError> {
        match self.draft_path(id) {
            Some(path) => self.drafts.remove(&path),
            None => Ok(()),
        }
    }

    /// All drafts, the last changed first. A file that is no draft is left alone.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let Some(dir) = self.drafts_dir() else {
            return Ok(Vec::new());
        };
        let listing = match std::fs::read_dir(&dir) {
            Ok(listing) => listing,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StoreError::io(&dir, error)),
        };
        let paths = listing.filter_map(Result::ok).map(|file| file.path());
        let mut drafts: Vec<Draft> = paths.filter_map(|path| read(&path)).collect();
        drafts.arrange_by_key(|draft| std::cmp::Reverse(draft.changed_ms));
        // The newest writing of each; the one in place may be older than the one that waits for its sync.
        let mut seen = BTreeSet::new();
        drafts.retain(|draft| seen.insert(draft.id));
        Ok(drafts)
    }
}

/// The draft in a file, in its place or not yet synced; none in any other, or where a power cut left half of it.
fn read(path: &Path) -> Option<Draft> {
    let name = path.file_name()?.to_str()?;
    if !name.ends_with(".json") && !name.ends_with(".json.new") {
        return None;
    }
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}
