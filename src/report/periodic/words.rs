//! What only the officer can write in a periodic report, kept as records of the kind `report_text`, a part each. Where a
//! period has no words yet, those of the report of the same kind before it are carried over.

use std::collections::BTreeMap;

use super::collect::Asked;
use crate::domain::period::Period;
use crate::domain::text::Text;
use crate::store::{Read, StoreError};

/// The parts, with the number and heading under which each stands.
pub const PARTS: [(&str, Text); 12] = [
    (
        "steering",
        Text::new("Ban Chỉ đạo, Tổ giúp việc", "Steering board, working group"),
    ),
    (
        "tasks_cooperatives",
        Text::new("Công việc khác của Đề án 01", "Other tasks of programme 01"),
    ),
    (
        "tasks_start_ups",
        Text::new(
            "Công việc khác của Đề án khởi nghiệp",
            "Other tasks of the start-up programme",
        ),
    ),
    ("strengths", Text::new("Ưu điểm", "Strengths")),
    ("weaknesses", Text::new("Tồn tại, hạn chế", "Weaknesses")),
    ("causes", Text::new("Nguyên nhân", "Causes")),
    ("lessons", Text::new("Bài học", "Lessons")),
    ("next", Text::new("Nhiệm vụ kỳ tới", "Tasks of the next period")),
    (
        "to_centre",
        Text::new("Kiến nghị với cấp trên của Hội", "Proposals to the Union above"),
    ),
    (
        "to_government",
        Text::new(
            "Kiến nghị với Ủy ban nhân dân, sở, ngành",
            "Proposals to the authorities",
        ),
    ),
    (
        "to_alliance",
        Text::new(
            "Kiến nghị với Liên minh HTX, ngân hàng",
            "Proposals to alliance and banks",
        ),
    ),
    ("commendation", Text::new("Đề nghị khen thưởng", "Commendations")),
];

/// The officer's words by part, a line each.
#[derive(Clone, Debug, Default)]
pub struct Words {
    parts: BTreeMap<String, Vec<String>>,
    /// Parts whose words are of an earlier report.
    pub carried: Vec<String>,
}

impl Words {
    /// Those of a report.
    ///
    /// # Errors
    /// The store's.
    pub fn kept(read: &dyn Read, asked: &Asked) -> Result<Words, StoreError> {
        let mut latest: BTreeMap<String, (Period, Vec<String>)> = BTreeMap::new();
        for entry in read.scan("report_text") {
            let entry = entry?;
            let period = entry.text("period").and_then(Period::parse);
            let (Some(part), Some(period)) = (entry.text("part"), period) else {
                continue;
            };
            let same = entry.text("report") == Some(asked.report()) && entry.unit() == Some(asked.unit.as_str());
            let newer = latest.get(part).is_none_or(|(known, _)| known.to <= period.to);
            if same && period.to <= asked.period.to && newer {
                let lines = entry.text("text").unwrap_or_default().lines();
                let lines = lines.map(|line| line.trim().trim_start_matches("- ").to_string());
                latest.insert(
                    part.to_string(),
                    (period, lines.filter(|line| !line.is_empty()).collect()),
                );
            }
        }
        let mut words = Words::default();
        for (part, (period, lines)) in latest {
            if period != asked.period {
                words.carried.push(part.clone());
            }
            words.parts.insert(part, lines);
        }
        Ok(words)
    }

    /// The lines of a part.
    pub fn of(&self, part: &str) -> &[String] {
        self.parts.get(part).map(Vec::as_slice).unwrap_or_default()
    }
}
