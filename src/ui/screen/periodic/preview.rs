//! The report that the window shows: of a period, on one programme or both, as it would be sent now.

use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::domain::programme::Line as Programme;
use crate::domain::text::Text;
use crate::report::doc::Doc;
use crate::report::periodic::layout::Frame;
use crate::report::periodic::sending::{self, Parting};
use crate::report::periodic::{self, Asked, Periodic, closing};
use crate::store::{Read, StoreError};

/// Which programmes are reported on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Programmes {
    /// The cooperatives' and the start-ups'.
    Both,
    /// That of the cooperatives alone.
    Cooperatives,
    /// That of the start-ups alone.
    StartUps,
}

impl Programmes {
    fn lines(self) -> Vec<Programme> {
        match self {
            Programmes::Both => sending::BOTH.to_vec(),
            Programmes::Cooperatives => vec![Programme::Cooperatives],
            Programmes::StartUps => vec![Programme::StartUps],
        }
    }

    /// The next of them, round and round.
    pub fn next(self) -> Programmes {
        match self {
            Programmes::Both => Programmes::Cooperatives,
            Programmes::Cooperatives => Programmes::StartUps,
            Programmes::StartUps => Programmes::Both,
        }
    }

    /// As the heading tells them.
    pub fn label(self) -> Text {
        match self {
            Programmes::Both => Text::new("cả hai Đề án", "both programmes"),
            Programmes::Cooperatives => Text::new("Đề án 01", "cooperatives"),
            Programmes::StartUps => Text::new("Đề án khởi nghiệp", "start-ups"),
        }
    }
}

/// A report as it is shown.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The figures.
    pub report: Periodic,
    /// What stands around them.
    pub frame: Frame,
    /// The document as it will be sent.
    pub doc: Doc,
    /// The day on which the figures were closed, if they were.
    pub closed_on: Option<NaiveDate>,
}

impl Preview {
    /// None where the office is not set.
    ///
    /// # Errors
    /// The store's.
    pub fn read(
        read: &dyn Read,
        period: Period,
        programmes: Programmes,
        parting: Parting,
    ) -> Result<Option<Preview>, StoreError> {
        let Some(office) = read.office() else { return Ok(None) };
        let now = sending::now(read);
        let lines = programmes.lines();
        let mut plans = sending::usual_plans(read, &office, period)?;
        if let [one] = lines.as_slice() {
            plans.retain(|plan| (plan.programme == "DA01") == (*one == Programme::Cooperatives));
        }
        let report = periodic::collect(read, Asked::new(period, &office, lines, plans, now.date()))?;
        let frame = sending::frame(read, &report, now, parting)?;
        let doc = periodic::doc(&report, &frame, now);
        Ok(Some(Preview {
            doc,
            closed_on: closing::closed_on(read, &report.asked)?,
            report,
            frame,
        }))
    }
}
