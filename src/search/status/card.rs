//! The status card in lines, the most asked first: what it says, without how a screen or a page says it.

use chrono::{Datelike, NaiveDate};

use super::{Age, Manager, Standing, Status, stars};
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::text::{Lang, Text};
use crate::domain::value::Value;
use crate::vietnamese::date::{Partial, format_date};
use crate::vietnamese::name::split_name;
use crate::vietnamese::number::{format_count, format_millions, format_percent};
use crate::vietnamese::phone;

/// Days without a visit after which an operating cooperative is to be seen.
const UNSEEN_DAYS: i64 = 90;
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

    fn figures(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let women = self.say("nữ", "women");
        lines.extend(self.count(
            "members",
            self.say("Thành viên", "Members"),
            &[("members_women", women)],
        ));
        let stable = self.say("ổn định", "stable");
        let parts = [("workers_women", women), ("workers_women_stable", stable)];
        lines.extend(self.count("workers", self.say("Lao động", "Workers"), &parts));
        for (key, vi, en) in [
            ("capital", "Vốn điều lệ", "Capital"),
            ("revenue", "Doanh thu", "Revenue"),
            ("profit", "Lợi nhuận", "Profit"),
            ("income", "Thu nhập/tháng", "Income a month"),
        ] {
            lines.extend(self.money(key, self.say(vi, en)));
        }
        lines.extend(self.status.figure("rating").map(|standing| {
            let value = self.label("htx_rating", standing.figure.value.as_text());
            self.figure(standing, self.say("Xếp loại", "Rating"), value)
        }));
        lines.extend(self.products());
        lines
    }

    fn figure(&self, standing: &Standing, label: &str, value: String) -> Line {
        let on = standing.figure.on;
        let when = match standing.year {
            Some(year) => year.to_string(),
            None => format!("{}/{}/{:02}", on.day(), on.month(), on.year().rem_euclid(100)),
        };
        Line::Figure(FigureLine {
            label: label.to_string(),
            value,
            when,
            is_old: standing.age == Age::Old,
            trend: if standing.trend.len() >= 3 {
                standing.trend.clone()
            } else {
                Vec::new()
            },
            ..FigureLine::default()
        })
    }

    /// A count and the parts of it; parts that were counted on another day stand on lines of their own.
    fn count(&self, key: &str, label: &str, parts: &[(&str, &str)]) -> Vec<Line> {
        let number = |standing: &Standing| standing.figure.value.as_number().map(format_count).unwrap_or_default();
        let mut lines: Vec<Line> = Vec::new();
        let whole = self.status.figure(key);
        lines.extend(whole.map(|standing| self.figure(standing, label, number(standing))));
        for (part_key, part_label) in parts {
            let Some(part) = self.status.figure(part_key) else {
                continue;
            };
            let same_day = whole.is_some_and(|whole| whole.figure.record == part.figure.record);
            match lines.first_mut() {
                Some(Line::Figure(line)) if same_day => {
                    let joint = if line.part.is_empty() { "" } else { ", " };
                    line.part.push_str(&format!("{joint}{part_label} {}", number(part)));
                }
                _ => lines.push(self.figure(part, &format!("{label} {part_label}"), number(part))),
            }
        }
        lines
    }

    fn money(&self, key: &str, label: &str) -> Option<Line> {
        let standing = self.status.figure(key)?;
        let value = format!(
            "{} {}",
            format_millions(standing.figure.value.as_number()?),
            self.say("tr", "m")
        );
        Some(self.figure(standing, label, value))
    }

    fn products(&self) -> Vec<Line> {
        let (rated, plain): (Vec<&Entry>, Vec<&Entry>) =
            self.status.products.iter().partition(|entry| stars(entry) > 0);
        let mut lines: Vec<Line> = rated.iter().take(NAMED).map(|product| self.ocop(product)).collect();
        let names: Vec<&str> = plain
            .iter()
            .chain(rated.iter().skip(NAMED))
            .filter_map(|entry| entry.text("name"))
            .collect();
        if !names.is_empty() {
            lines.push(self.words(
                Sign::None,
                format!("{} {}", self.say("Sản phẩm:", "Products:"), names.join(", ")),
            ));
        }
        lines
    }

    fn ocop(&self, product: &Entry) -> Line {
        let mut text = format!(
            "OCOP {} {}",
            product.text("name").unwrap_or_default(),
            "★".repeat(stars(product))
        );
        let expires = product.date("expires_on");
        let expired = expires.is_some_and(|on| on < self.status.today);
        if let Some(on) = expires {
            let word = if expired {
                self.say("hết hạn", "expired")
            } else {
                self.say("đến", "until")
            };
            text.push_str(&format!(" {word} {}", format_date(on)));
        }
        self.words(if expired { Sign::Alert } else { Sign::None }, text)
    }

    fn follow_up(&self) -> Vec<Line> {
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
    fn record(&self) -> Vec<Line> {
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

/// A telephone number as it is read aloud; as stored where it is none.
fn spoken(number: &str) -> String {
    phone::read_phone(number).map_or_else(|_| number.to_string(), |phone| phone.format())
}
