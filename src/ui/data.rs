//! Where the interface meets the store: screens read through `Read`; whatever writes is a piece of `Work` that the loop
//! carries out, so that a form's record, a grid's thirty rows, an undo and a setting all go the same way.

use crate::domain::text::Message;
use crate::store::Store;

pub use crate::store::{Read, Refusal, Touched, Txn, Warnings};

/// What became of work that was acknowledged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// What to tell the officer; nothing is told where it is empty.
    pub said: Message,
    /// The records touched.
    pub touched: Vec<Touched>,
}

type Doing = Box<dyn FnOnce(&Store) -> Result<Receipt, Refusal>>;

/// Work that writes to the store: all of it stands, or none.
pub struct Work(Doing);

impl Work {
    /// One transaction: what `doing` saves and deletes is committed together, and dropped together if it errs. It gives
    /// what to tell the officer.
    pub fn transaction(doing: impl FnOnce(&mut Txn<'_>) -> Result<Message, Refusal> + 'static) -> Work {
        Work::on_store(|store| {
            let mut txn = store.txn();
            let said = doing(&mut txn)?;
            Ok(Receipt {
                said,
                touched: txn.commit()?,
            })
        })
    }

    /// Takes back the last transaction saved.
    pub fn undo() -> Work {
        Work::on_store(|store| {
            let said = Message::new("Đã hoàn tác lần lưu gần nhất.", "The last save was undone.");
            Ok(Receipt {
                said,
                touched: store.undo()?.touched,
            })
        })
    }

    /// Brings back what was taken back last.
    pub fn redo() -> Work {
        Work::on_store(|store| {
            let said = Message::new("Đã làm lại điều vừa hoàn tác.", "What was undone was done again.");
            Ok(Receipt {
                said,
                touched: store.redo()?.touched,
            })
        })
    }

    /// What the store does in another way: drafts, imports.
    pub fn on_store(doing: impl FnOnce(&Store) -> Result<Receipt, Refusal> + 'static) -> Work {
        Work(Box::new(doing))
    }

    /// Does it; returns once it is acknowledged.
    ///
    /// # Errors
    /// Why nothing was written.
    pub fn carry_out(self, store: &Store) -> Result<Receipt, Refusal> {
        self.0(store)
    }
}
