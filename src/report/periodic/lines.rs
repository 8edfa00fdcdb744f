//! The lines of the weekly summary, counted over any days for the plans that use them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::domain::period::Period;
use crate::domain::text::Message;
use crate::indicator::lines::{LineFigure, Lines};
use crate::indicator::window::Window;
use crate::report::weekly::{self, Column, Nature, WeeklySummary, lines};
use crate::store::{Read, StoreError};

/// Counts each unit and window once for all of its lines.
#[derive(Default)]
pub struct WeeklyLines {
    counted: RefCell<HashMap<(String, Window), Rc<WeeklySummary>>>,
}

impl WeeklyLines {
    fn summary(&self, read: &dyn Read, unit: &str, window: Window) -> Result<Option<Rc<WeeklySummary>>, StoreError> {
        let Some(period) = Period::range(window.from, window.to) else {
            return Ok(None);
        };
        let key = (unit.to_string(), window);
        if let Some(found) = self.counted.borrow().get(&key) {
            return Ok(Some(found.clone()));
        }
        let summary = Rc::new(weekly::collect(read, period, unit)?);
        self.counted.borrow_mut().insert(key, summary.clone());
        Ok(Some(summary))
    }
}

impl Lines for WeeklyLines {
    fn figure(
        &self,
        read: &dyn Read,
        code: &str,
        unit: &str,
        window: Window,
    ) -> Result<Option<LineFigure>, StoreError> {
        if self.label(code).is_none() {
            return Ok(None);
        }
        let summary = self.summary(read, unit, window)?;
        Ok(Some(summary.map_or_else(LineFigure::default, |summary| LineFigure {
            value: summary.value(code, Column::This),
            ids: summary.ids(code, Column::This).to_vec(),
        })))
    }

    fn label(&self, code: &str) -> Option<Message> {
        lines::lines()
            .into_iter()
            .find(|line| line.code == code)
            .map(|line| line.label)
    }

    fn is_stock(&self, code: &str) -> bool {
        let stocks = |line: &lines::Line| line.code == code && line.nature == Nature::Stock;
        lines::lines().iter().any(stocks)
    }
}
