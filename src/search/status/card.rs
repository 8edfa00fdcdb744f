//! The status card in lines, the most asked first: what it says, without how a screen or a page says it. Here is what it
//! is and who runs it; then come its figures, and what happened with it.

mod figures;
mod past;

use chrono::{Datelike, NaiveDate};

use super::{Age, Manager, Standing, Status};
use crate::domain::catalog;
use crate::domain::text::{Lang, Text};
use crate::domain::value::Value;
use crate::vietnamese::date::{Partial, format_date};
use crate::vietnamese::number::format_percent;
use crate::vietnamese::phone;

/// Managers, difficulties, products and the like that are named one by one; the rest is counted.
const NAMED: usize = 4;

/// What a line means at a glance; each surface has its own sign for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing in particular.
    None,
    /// All is well.
    Good,
    /// Stopped for a time.
    Paused,
    /// To mind.
    Alert,
}

/// A line of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The name and the code.
    Title {
        /// As stored.
        name: String,
        /// Its code.
        code: String,
    },
    /// Words, which may be broken.
    Words {
        /// What they mean.
        sign: Sign,
        /// The words.
        text: String,
    },
    /// One who runs it.
    Person {
        /// What she is.
        role: String,
        /// Her name.
        name: String,
        /// Her telephone number, as it is read aloud.
        phone: String,
    },
    /// A figure.
    Figure(FigureLine),
    /// An empty line.
    Gap,
}

/// A figure with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureLine {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: String,
    /// What of it: "nữ 30".
    pub part: String,
    /// When it was measured, or the year that it is of.
    pub when: String,
    /// Whether it is out of date.
    pub is_old: bool,
    /// Numbers over time, oldest first; fewer than three are no trend.
    pub trend: Vec<i64>,
}

/// The whole card.
pub fn lines(status: &Status, lang: Lang) -> Vec<Line> {
    let writer = Writer { status, lang };
    let mut lines = vec![Line::Title {
        name: status.name().to_string(),
        code: status.code().to_string(),
    }];
    lines.push(writer.state());
    lines.extend(writer.eligibility());
    lines.extend(writer.place());
    lines.extend(writer.managers());
    push_part(&mut lines, writer.figures());
    push_part(&mut lines, writer.follow_up());
    push_part(&mut lines, writer.record());
    lines
}

fn push_part(lines: &mut Vec<Line>, part: Vec<Line>) {
    if !part.is_empty() {
        lines.push(Line::Gap);
        lines.extend(part);
    }
}

struct Writer<'a> {
    status: &'a Status,
    lang: Lang,
}

impl Writer<'_> {
    fn say(&self, vi: &'static str, en: &'static str) -> &'static str {
        Text::new(vi, en).get(self.lang)
    }

    fn label(&self, list: &str, code: Option<&str>) -> String {
        let found = catalog::list(list).zip(code).and_then(|(list, code)| list.get(code));
        found
            .map_or(code.unwrap_or_default(), |code| code.short().get(self.lang))
            .to_string()
    }

    /// A day of this year without its year.
    fn day(&self, on: NaiveDate) -> String {
        match on.year() == self.status.today.year() {
            true => format!("{}/{}", on.day(), on.month()),
            false => format_date(on),
        }
    }

    fn words(&self, sign: Sign, text: impl Into<String>) -> Line {
        Line::Words {
            sign,
            text: text.into(),
        }
    }

    fn state(&self) -> Line {
        let Some(standing) = self.status.figure("status") else {
            return self.words(Sign::Alert, self.say("Chưa ghi nhận tình trạng", "No status on record"));
        };
        let code = self.status.state();
        let sign = match (code, self.status.is_operating()) {
            (_, Some(true)) => Sign::Good,
            (Some("TAM_NGUNG"), _) => Sign::Paused,
            _ => Sign::Alert,
        };
        let mut text = self.label("htx_status", code).to_uppercase();
        if let Some(since) = self.since(standing) {
            text.push_str(&format!(" {} {since}", self.say("từ", "since")));
        }
        text.push_str(&format!(" ({})", self.source(standing)));
        self.words(sign, text)
    }

    /// Since when the status holds, where it was said together with it.
    fn since(&self, status: &Standing) -> Option<Partial> {
        let since = self.status.figure("status_since")?;
        // A day noted before the status changed belongs to the one before.
        let later = since.figure.on >= status.figure.on || since.figure.record == status.figure.record;
        match &since.figure.value {
            Value::Partial(partial) if later => Some(*partial),
            _ => None,
        }
    }

    fn source(&self, standing: &Standing) -> String {
        let what = match standing.figure.kind {
            "visit" => self.say("thăm", "visit"),
            _ => self.say("số liệu", "figures"),
        };
        let old = match standing.age {
            Age::Old => self.say(", đã cũ", ", out of date"),
            Age::Fresh => "",
        };
        format!("{what} {}{old}", self.day(standing.figure.on))
    }

    fn eligibility(&self) -> Vec<Line> {
        let eligibility = self.status.eligibility;
        let manages = match eligibility.woman_manages {
            Some(true) => self.say("Có nữ quản lý ✓", "A woman manages ✓"),
            Some(false) => self.say("Không có nữ quản lý", "No woman manages"),
            None => self.say("Chưa rõ nữ quản lý", "Women managers not known"),
        };
        let share = match self.status.women.filter(|women| women.workers > 0) {
            Some(women) => {
                let percent = format_percent(women.women, women.workers);
                let sign = if women.are_most() { " ✓" } else { "" };
                format!("{} {percent}{sign}", self.say("Lao động nữ", "Women workers"))
            }
            None => self
                .say("Chưa có số lao động nữ", "Women workers not known")
                .to_string(),
        };
        let mut lines = vec![self.words(Sign::None, format!("{manages} · {share}"))];
        match eligibility.holds() {
            Some(true) => {}
            Some(false) => lines.push(self.words(
                Sign::Alert,
                self.say(
                    "Không thuộc diện Đề án 01: không có nữ quản lý, lao động nữ không quá 50%",
                    "Not under Đề án 01: no woman manages, women are not over 50% of workers",
                ),
            )),
            None => lines.push(self.words(
                Sign::Alert,
                self.say(
                    "Chưa đủ số liệu để xét diện Đề án 01",
                    "Too little is known to judge for Đề án 01",
                ),
            )),
        }
        lines
    }

    fn place(&self) -> Vec<Line> {
        let entry = &self.status.cooperative;
        let mut parts = vec![self.status.area.clone()];
        if let Some(code) = entry.text("tax_code") {
            parts.push(format!("{} {code}", self.say("MST", "tax code")));
        }
        if let Some(phone) = entry.text("phone") {
            parts.push(format!("{} {}", self.say("ĐT", "tel."), spoken(phone)));
        }
        parts.retain(|part| !part.is_empty());
        let text = parts.join(" · ");
        if text.is_empty() {
            Vec::new()
        } else {
            vec![self.words(Sign::None, text)]
        }
    }

    fn managers(&self) -> Vec<Line> {
        let managers = &self.status.managers;
        let mut lines: Vec<Line> = managers
            .iter()
            .take(NAMED)
            .map(|manager| self.manager(manager))
            .collect();
        if managers.len() > NAMED {
            let more = managers.len() - NAMED;
            lines.push(self.words(
                Sign::None,
                format!("{} {more}", self.say("Quản lý khác:", "Other managers:")),
            ));
        }
        lines
    }

    fn manager(&self, manager: &Manager) -> Line {
        let roles: Vec<String> = manager
            .roles
            .iter()
            .map(|role| self.label("role", Some(role)))
            .collect();
        Line::Person {
            role: roles.join(", "),
            name: manager.name().to_string(),
            phone: manager.person.text("phone").map(spoken).unwrap_or_default(),
        }
    }
}

/// A telephone number as it is read aloud; as stored where it is none.
fn spoken(number: &str) -> String {
    phone::read_phone(number).map_or_else(|_| number.to_string(), |phone| phone.format())
}
