//! What the booths add up to, and what is missing to what was planned.

use super::sheet::{Fair, Row};
use crate::domain::text::Lang;
use crate::store::{Read, StoreError};

/// The totals of a sheet; dropped rows are not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Booths that were not cancelled.
    pub booths: usize,
    /// By state: registered, confirmed, shown, cancelled.
    pub states: [usize; 4],
    /// With three OCOP stars or more.
    pub ocop: usize,
    /// Takings, đồng.
    pub revenue: i64,
    /// Contracts.
    pub contracts: i64,
    /// Their value, đồng.
    pub contract_value: i64,
    /// Visitors.
    pub visitors: i64,
}

/// The states in the order of their list.
pub const STATES: [&str; 4] = ["DANG_KY", "XAC_NHAN", "DA_TRUNG_BAY", "HUY"];

impl Totals {
    /// Of these rows.
    pub fn of(rows: &[Row]) -> Totals {
        let mut totals = Totals::default();
        for row in rows.iter().filter(|row| row.is_kept()) {
            if let Some(state) = STATES.iter().position(|state| *state == row.state()) {
                totals.states[state] += 1;
            }
            if row.state() == "HUY" {
                continue;
            }
            let number = |key: &str| row.entry.number(key).unwrap_or_default();
            totals.booths += 1;
            totals.ocop += usize::from(matches!(row.entry.text("ocop_star"), Some("3" | "4" | "5")));
            totals.revenue = totals.revenue.saturating_add(number("revenue"));
            totals.contracts = totals.contracts.saturating_add(number("contracts"));
            totals.contract_value = totals.contract_value.saturating_add(number("contract_value"));
            totals.visitors = totals.visitors.saturating_add(number("visitors"));
        }
        totals
    }
}

/// How many booths the fair shall have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// At least.
    pub low: i64,
    /// At most, where a range is planned.
    pub high: Option<i64>,
}

impl Plan {
    /// The target of a plan for the fair's year (a fair of 12–15 booths), else the number planned with the fair.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of(read: &dyn Read, fair: &Fair) -> Result<Option<Plan>, StoreError> {
        let year = fair.year().to_string();
        for entry in read.scan("target") {
            let entry = entry?;
            let is_it = entry.text("indicator") == Some("FAIR_BOOTHS") && entry.text("period") == Some(year.as_str());
            let low: Option<f64> = entry.field("low");
            if let Some(low) = low.filter(|_| is_it) {
                let high: Option<f64> = entry.field("high");
                return Ok(Some(Plan {
                    low: low as i64,
                    high: high.map(|high| high as i64),
                }));
            }
        }
        Ok(fair.planned.map(|low| Plan { low, high: None }))
    }

    /// What so many booths lack to it, or that it is met.
    pub fn compare(self, booths: usize, lang: Lang) -> String {
        let planned = match self.high {
            Some(high) => format!("{}–{high}", self.low),
            None => self.low.to_string(),
        };
        let missing = self.low - i64::try_from(booths).unwrap_or(i64::MAX);
        match lang {
            Lang::Vi if missing > 0 => format!("kế hoạch {planned}: còn thiếu {missing}"),
            Lang::Vi => format!("kế hoạch {planned}: đủ"),
            Lang::En if missing > 0 => format!("planned {planned}: {missing} missing"),
            Lang::En => format!("planned {planned}: met"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_to_the_plan_is_named() {
        let plan = Plan {
            low: 12,
            high: Some(15),
        };
        for (booths, said) in [
            (9, "kế hoạch 12–15: còn thiếu 3"),
            (12, "kế hoạch 12–15: đủ"),
            (16, "kế hoạch 12–15: đủ"),
        ] {
            assert_eq!(plan.compare(booths, Lang::Vi), said);
        }
    }
}
