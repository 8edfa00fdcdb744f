//! The figures of the card, each with the day it was measured on, and the products.

use chrono::Datelike;

use super::{FigureLine, Line, NAMED, Sign, Writer};
use crate::domain::entry::Entry;
use crate::search::status::{Age, Standing, stars};
use crate::vietnamese::date::format_date;
use crate::vietnamese::number::{format_count, format_millions};

impl Writer<'_> {
    /// The figures in force, each with its age, then the products.
    pub(super) fn figures(&self) -> Vec<Line> {
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
}
