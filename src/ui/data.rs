//! The one place where the interface meets the store: what screens read from, and how a save reaches it.
//!
//! Screens see `Read` alone. A save is a piece of work handed to the store in one transaction: so a form's record, a
//! grid's thirty rows and an undo all go the same way, and stand or fall as a whole.

use crate::domain::text::Message;

/// What screens read from.
pub trait Read: Send + Sync {}

/// What work inside a transaction writes to.
pub trait Txn {}

/// Work for one transaction: an `Err` drops it all.
pub type Work = Box<dyn FnOnce(&mut dyn Txn) -> Result<Receipt, Message> + Send>;

/// What became of a save that was acknowledged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// What to tell the officer: what was saved.
    pub said: Message,
}

/// The store as `App` holds it.
pub trait Store {
    /// What screens read from, as of now.
    fn read(&self) -> &dyn Read;
    /// Does the work in one transaction and returns once it is acknowledged.
    ///
    /// # Errors
    /// What happened, what is kept, what to do. Nothing was written.
    fn commit(&mut self, work: Work) -> Result<Receipt, Message>;
}

/// A store without records, for screens that need none, and for tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoStore;

impl Read for NoStore {}
impl Txn for NoStore {}

impl Store for NoStore {
    fn read(&self) -> &dyn Read {
        self
    }

    fn commit(&mut self, work: Work) -> Result<Receipt, Message> {
        work(self)
    }
}
