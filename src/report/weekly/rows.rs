//! The rows of the report's table: what belongs together stands in one row, as officers are used to read it ("3/1" noted
//! and resolved, "32 (32)" people and women among them). Rows of detail are left out where there is nothing to tell.

use super::layout::Shown;
use super::lines::{code_of, in_sentence};
use super::{Column, Wanted};
use crate::domain::catalog;
use crate::report::doc::{self, Cell, RowStyle, Table};

/// The table of the week.
pub fn table(shown: &Shown<'_>) -> Table {
    let mut columns = vec![doc::Column::index(), doc::Column::text("Nội dung").weight(46)];
    columns.extend(
        shown
            .columns()
            .into_iter()
            .map(|column| doc::Column::figures(shown.heading(column)).weight(9)),
    );
    columns.push(doc::Column::figures("Chỉ tiêu năm").weight(13));
    let mut rows = Rows {
        shown,
        table: Table::new(columns),
        number: 0,
    };
    rows.visits();
    rows.issues();
    rows.training();
    rows.supports();
    rows.foundings();
    rows.fairs();
    rows.outreach();
    rows.ideas();
    rows.table
}

/// A bound of a target; whole numbers as counts.
pub fn bound(value: f64) -> Cell {
    match whole(value) {
        Some(count) => Cell::Count(count),
        None => Cell::text(value.to_string().replace('.', ",")),
    }
}

fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64)
}

struct Rows<'a> {
    shown: &'a Shown<'a>,
    table: Table,
    number: i64,
}

impl Rows<'_> {
    fn this(&self, code: &str) -> i64 {
        self.shown.value(code, Column::This)
    }

    /// Whether any of the columns has anything of one of the codes.
    fn has_any(&self, codes: &[&str]) -> bool {
        let columns = self.shown.columns();
        codes
            .iter()
            .any(|code| columns.iter().any(|column| self.shown.value(code, *column) != 0))
    }

    fn wanted(&self, code: &str) -> Option<Wanted> {
        self.shown.summary.line(code)?.target
    }

    /// The target of a line beside its share that is done, or from and to.
    fn target(&self, code: &str) -> Cell {
        let done = self.shown.value(code, Column::Year);
        let Some(wanted) = self.wanted(code) else {
            return Cell::Nothing;
        };
        match (whole(wanted.low), wanted.high.map(whole)) {
            (Some(low), Some(Some(high))) => Cell::Range(low, high),
            (Some(low), None) => Cell::Wanted { wanted: low, done },
            _ => bound(wanted.low),
        }
    }

    /// Targets that stand for several lines of one row: "1 HTX / 3 THT".
    fn targets(&self, codes: &[(&str, &str)]) -> Cell {
        let part = |(code, name): &(&str, &str)| Some(format!("{} {name}", bound(self.wanted(code)?.low)));
        let parts: Vec<String> = codes.iter().filter_map(part).collect();
        if parts.is_empty() {
            Cell::Nothing
        } else {
            Cell::text(parts.join(" / "))
        }
    }

    fn main(&mut self, text: impl Into<String>, cell: impl Fn(&dyn Fn(&str) -> i64) -> Cell, target: Cell) {
        self.number += 1;
        let number = Cell::text(self.number.to_string());
        self.push(RowStyle::Normal, number, text.into(), cell, target);
    }

    fn sub(&mut self, text: impl Into<String>, cell: impl Fn(&dyn Fn(&str) -> i64) -> Cell, target: Cell) {
        self.push(RowStyle::Sub, Cell::Blank, text.into(), cell, target);
    }

    fn push(
        &mut self,
        style: RowStyle,
        number: Cell,
        text: String,
        cell: impl Fn(&dyn Fn(&str) -> i64) -> Cell,
        target: Cell,
    ) {
        let mut cells = vec![number, Cell::text(text)];
        for column in self.shown.columns() {
            cells.push(cell(&|code| self.shown.value(code, column)));
        }
        cells.push(target);
        self.table.push_styled(style, cells);
    }

    /// A row of words alone.
    fn words(&mut self, text: String) {
        let blanks = self.shown.columns().len() + 1;
        let mut cells = vec![Cell::Blank, Cell::text(text)];
        cells.extend(std::iter::repeat_n(Cell::Blank, blanks));
        self.table.push_styled(RowStyle::Sub, cells);
    }

    /// What this week's figure of a family is made of: "Mục đích: tư vấn, hướng dẫn 2; giám sát 1".
    fn details(&mut self, intro: &str, family: &str, list: &str) {
        let codes = catalog::list(list)
            .map(|list| list.codes.as_slice())
            .unwrap_or_default();
        let parts: Vec<String> = codes
            .iter()
            .filter_map(|code| {
                let count = self.this(&code_of(family, code.code));
                (count > 0).then(|| format!("{} {count}", in_sentence(code.short().vi)))
            })
            .collect();
        if !parts.is_empty() {
            self.words(format!("{intro}: {}", parts.join("; ")));
        }
    }

    fn visits(&mut self) {
        let target = self.target("VISITS");
        self.main("Lượt thăm, khảo sát HTX, THT", count("VISITS"), target);
        let target = self.target("COOPS_VISITED");
        self.sub("Số HTX, THT được thăm (không trùng)", count("COOPS_VISITED"), target);
        self.details("Mục đích", "VISITS", "visit_purpose");
        if self.has_any(&["VISITS_REMOTE"]) {
            self.sub(
                "Trao đổi qua điện thoại, Zalo (lượt)",
                count("VISITS_REMOTE"),
                Cell::Nothing,
            );
        }
    }

    fn issues(&mut self) {
        let target = self.target("ISSUES_CLOSED");
        self.main(
            "Khó khăn mới ghi nhận / đã giải quyết",
            pair("ISSUES_OPENED", "ISSUES_CLOSED"),
            target,
        );
        if self.has_any(&["ISSUES_ESCALATED"]) {
            self.sub(
                "Đã kiến nghị cấp trên, cơ quan chức năng",
                count("ISSUES_ESCALATED"),
                Cell::Nothing,
            );
        }
        let (open, overdue) = (self.this("ISSUES_OPEN"), self.this("ISSUES_OVERDUE"));
        if open > 0 {
            self.words(format!("Cuối kỳ còn mở {open}, trong đó quá hạn {overdue}"));
        }
    }

    fn training(&mut self) {
        let target = self.target("TRAIN_SESSIONS");
        self.main("Lớp tập huấn", count("TRAIN_SESSIONS"), target);
        let target = self.target("TRAIN_ATTEND");
        let turns = |value: &dyn Fn(&str) -> i64| Cell::Including {
            total: value("TRAIN_ATTEND"),
            part: value("TRAIN_ATTEND_WOMEN"),
        };
        self.sub("Lượt người dự (trong đó nữ)", turns, target);
        let target = self.target("TRAIN_PERSONS");
        self.sub("Số người dự (không trùng)", count("TRAIN_PERSONS"), target);
        let target = self.target("MANAGERS_TRAINED_FIRST");
        self.sub(
            "Nữ quản lý được bồi dưỡng lần đầu",
            count("MANAGERS_TRAINED_FIRST"),
            target,
        );
        if self.has_any(&["OFFICERS_TRAINED_FIRST"]) || self.wanted("OFFICERS_TRAINED_FIRST").is_some() {
            let target = self.target("OFFICERS_TRAINED_FIRST");
            self.sub(
                "Cán bộ Hội được bồi dưỡng KTTT lần đầu",
                count("OFFICERS_TRAINED_FIRST"),
                target,
            );
        }
    }

    fn supports(&mut self) {
        let target = self.target("SUPPORTS");
        self.main("Hỗ trợ HTX, THT, phụ nữ (lượt)", count("SUPPORTS"), target);
        self.details("Trong tuần", "SUPPORTS", "support_kind");
        let granted = |value: &dyn Fn(&str) -> i64| Cell::Millions(value("SUPPORT_GRANTED"));
        self.sub("Số tiền được duyệt, giải ngân (triệu đồng)", granted, Cell::Nothing);
    }

    fn foundings(&mut self) {
        let targets = self.targets(&[("HTX_NEW", "HTX"), ("THT_NEW", "THT")]);
        let text = "Thành lập mới (đã cấp GCN, ký hợp đồng): HTX / THT";
        self.main(text, pair("HTX_NEW", "THT_NEW"), targets);
        if self.has_any(&["THT_TO_HTX"]) || self.wanted("THT_TO_HTX").is_some() {
            let target = self.target("THT_TO_HTX");
            self.sub("Trong đó HTX phát triển từ THT", count("THT_TO_HTX"), target);
        }
        self.details("Vận động thành lập", "FORMATIONS", "conversion_step");
    }

    fn fairs(&mut self) {
        let text = "Gian hàng đăng ký / đã xác nhận";
        let target = self.target("BOOTHS_CONFIRMED");
        self.main(text, pair("BOOTHS_REGISTERED", "BOOTHS_CONFIRMED"), target);
        let confirmed = self.shown.value("BOOTHS_CONFIRMED", Column::Year);
        let lowest = self.wanted("BOOTHS_CONFIRMED").and_then(|wanted| whole(wanted.low));
        if let Some(missing) = lowest.map(|low| low - confirmed).filter(|missing| *missing > 0) {
            self.words(format!("Còn thiếu {missing} gian so với mức thấp nhất"));
        }
        if self.has_any(&["FAIRS_HELD", "BOOTHS_SHOWN"]) {
            let target = self.target("FAIRS_HELD");
            self.sub(
                "Hội chợ đã tổ chức / gian đã trưng bày",
                pair("FAIRS_HELD", "BOOTHS_SHOWN"),
                target,
            );
            let takings = |value: &dyn Fn(&str) -> i64| Cell::Millions(value("BOOTH_REVENUE"));
            self.sub("Doanh thu gian hàng (triệu đồng)", takings, Cell::Nothing);
        }
    }

    fn outreach(&mut self) {
        let target = self.target("OUTREACH");
        self.main(
            "Truyền thông: buổi / lượt người",
            pair("OUTREACH", "OUTREACH_REACH"),
            target,
        );
        if self.has_any(&["MEDIA_ITEMS"]) {
            let target = self.target("MEDIA_ITEMS");
            self.sub("Tin, bài, sản phẩm truyền thông", count("MEDIA_ITEMS"), target);
        }
    }

    fn ideas(&mut self) {
        let targets = self.targets(&[("IDEAS_REGISTERED", "đăng ký"), ("IDEAS_SENT", "gửi")]);
        let text = "Ý tưởng dự thi: đăng ký / gửi Trung ương";
        self.main(text, pair("IDEAS_REGISTERED", "IDEAS_SENT"), targets);
    }
}

fn count(code: &'static str) -> impl Fn(&dyn Fn(&str) -> i64) -> Cell {
    move |value| Cell::Count(value(code))
}

fn pair(one: &'static str, other: &'static str) -> impl Fn(&dyn Fn(&str) -> i64) -> Cell {
    move |value| Cell::Pair(value(one), value(other))
}
