//! What happened with a cooperative: difficulties and visits, support, training and fairs, how it was founded, and where
//! the figures were taken from.

use super::{Line, NAMED, Sign, Writer};
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::search::status::{Manager, Standing};
use crate::vietnamese::date::format_date;
use crate::vietnamese::name::split_name;
use crate::vietnamese::number::format_millions;

/// Days without a visit after which an operating cooperative is to be seen.
const UNSEEN_DAYS: i64 = 90;

impl Writer<'_> {
    /// What is to be seen to: open difficulties, and when somebody was there.
    pub(super) fn follow_up(&self) -> Vec<Line> {
        let issues = &self.status.open_issues;
        let mut lines: Vec<Line> = issues.iter().take(NAMED).map(|issue| self.issue(issue)).collect();
        if issues.len() > NAMED {
            let more = issues.len() - NAMED;
            lines.push(self.words(
                Sign::Alert,
                format!("{} {more}", self.say("Khó khăn khác:", "Other difficulties:")),
            ));
        }
        lines.push(self.visits());
        lines
    }

    fn issue(&self, issue: &Entry) -> Line {
        let mut text = format!("{}: ", self.say("Khó khăn", "Difficulty"));
        text.push_str(&self.label("difficulty", issue.text("difficulty")));
        if let Some(said) = issue.text("text") {
            text.push_str(&format!(" – {}", said.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        let mut when = issue.date("opened_on").map(|on| self.day(on)).unwrap_or_default();
        if issue.text("state") != Some("MOI") {
            when.push_str(&format!(
                ", {}",
                self.label("issue_state", issue.text("state")).to_lowercase()
            ));
        }
        if let Some(due) = issue.date("due") {
            let late = (self.status.today - due).num_days();
            when.push_str(&match late > 0 {
                true => format!(
                    ", {} {late} {}",
                    self.say("quá hạn", "overdue"),
                    self.say("ngày", "days")
                ),
                false => format!(", {} {}", self.say("hạn", "due"), self.day(due)),
            });
        }
        self.words(Sign::Alert, format!("{text} ({when})"))
    }

    fn visits(&self) -> Line {
        let today = self.status.today;
        let last = self.status.last_visit.as_ref();
        let last_on = last.and_then(|visit| visit.date("date"));
        let mut text = match last_on {
            Some(on) => format!("{} {}", self.say("Thăm gần nhất", "Last visit"), self.day(on)),
            None => self.say("Chưa thăm lần nào", "Never visited").to_string(),
        };
        if last.and_then(|visit| visit.text("mode")) == Some("DIEN_THOAI") {
            text.push_str(self.say(" (điện thoại)", " (by telephone)"));
        }
        let days = last_on.map(|on| (today - on).num_days());
        let unseen = self.status.is_operating() == Some(true) && days.is_some_and(|days| days > UNSEEN_DAYS);
        if let (Some(days), true) = (days, unseen) {
            text.push_str(&format!(", {days} {}", self.say("ngày chưa thăm", "days ago")));
        }
        let next = self.status.next_visit;
        if let Some(on) = next {
            text.push_str(&format!(" · {} {}", self.say("hẹn", "next"), format_date(on)));
        }
        let late = next.is_some_and(|on| on < today);
        if late {
            text.push_str(self.say(" (đã qua)", " (gone by)"));
        }
        self.words(if unseen || late { Sign::Alert } else { Sign::None }, text)
    }

    /// What was done with it and for it, and how it came to be.
    pub(super) fn record(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let supports = self
            .status
            .supports
            .iter()
            .take(NAMED)
            .map(|support| self.support(support));
        lines.extend(supports);
        lines.extend(self.trainings());
        for shown in self.status.booths.iter().take(NAMED) {
            let on = shown.fair.date("from").map(format_date).unwrap_or_default();
            let number = shown.booth.text("number").unwrap_or_default();
            let title = shown.fair.text("title").unwrap_or_default();
            let fair = self.say("Hội chợ:", "Fair:");
            lines.push(self.words(
                Sign::None,
                format!("{fair} {on}, {} {number}, {title}", self.say("gian", "booth")),
            ));
        }
        lines.extend(self.founding());
        lines.extend(self.sources());
        lines
    }

    /// "Nguồn số liệu: thăm 22/5; Báo cáo năm của đơn vị 01/03/2025": where the figures above were taken from, the
    /// latest first.
    fn sources(&self) -> Option<Line> {
        let mut standing: Vec<&Standing> = self.status.figures.iter().collect();
        standing.arrange_by_key(|standing| std::cmp::Reverse((standing.figure.on, standing.figure.record)));
        let mut said: Vec<String> = Vec::new();
        for standing in standing {
            let on = self.day(standing.figure.on);
            let source = match (&standing.source, standing.figure.kind) {
                (Some(source), _) => format!("{source} {on}"),
                (None, "visit") => format!("{} {on}", self.say("thăm", "visit")),
                (None, _) => format!("{} {on}", self.say("nhập ngày", "entered")),
            };
            if !said.contains(&source) {
                said.push(source);
            }
        }
        let all = format!("{} {}", self.say("Nguồn số liệu:", "Sources:"), said.join("; "));
        (!said.is_empty()).then(|| self.words(Sign::None, all))
    }

    fn support(&self, support: &Entry) -> Line {
        let mut text = format!("{} ", self.say("Hỗ trợ:", "Support:"));
        text.push_str(&self.label("support_kind", support.text("kind")));
        if let Some(amount) = support.number("granted").or(support.number("asked")) {
            text.push_str(&format!(" {} {}", format_millions(amount), self.say("tr", "m")));
        }
        let on = support.date("granted_on").or(support.date("date"));
        let mut when = on.map(format_date).unwrap_or_default();
        if support.text("state") != Some("DA_HOAN_THANH") {
            when.push_str(&format!(
                ", {}",
                self.label("support_state", support.text("state")).to_lowercase()
            ));
        }
        self.words(Sign::None, format!("{text} ({when})"))
    }

    /// "Tập huấn: Hạnh 3 lớp, Hà 1 lớp".
    fn trainings(&self) -> Option<Line> {
        let times = |manager: &Manager| {
            let attended = self.status.trainings.iter();
            attended
                .filter(|attended| attended.people.contains(&manager.person.id))
                .count()
        };
        let counted = self
            .status
            .managers
            .iter()
            .map(|manager| (split_name(manager.name()).given, times(manager)));
        let parts: Vec<String> = counted
            .filter(|(_, times)| *times > 0)
            .map(|(name, times)| match times {
                1 => format!("{name} 1 {}", self.say("lớp", "session")),
                _ => format!("{name} {times} {}", self.say("lớp", "sessions")),
            })
            .collect();
        (!parts.is_empty()).then(|| {
            self.words(
                Sign::None,
                format!("{} {}", self.say("Tập huấn:", "Training:"), parts.join(", ")),
            )
        })
    }

    fn founding(&self) -> Option<Line> {
        let entry = &self.status.cooperative;
        let mut parts = Vec::new();
        if let Some(on) = entry.date("registered_on") {
            parts.push(format!("{} {}", self.say("Thành lập", "Founded"), format_date(on)));
        }
        if let Some(number) = entry.text("registration_no") {
            parts.push(format!("{} {number}", self.say("GCN số", "certificate")));
        }
        if let Some(origin) = entry.text("origin") {
            parts.push(self.label("htx_origin", Some(origin)));
        }
        parts.extend(entry.text("address").map(str::to_string));
        (!parts.is_empty()).then(|| self.words(Sign::None, parts.join(" · ")))
    }
}
