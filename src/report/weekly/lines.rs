//! The lines of the weekly summary: their codes, which scripts may rely on, what each is called and how its columns add
//! up. `collect` gives them their numbers, `layout` and the other writers show them; neither knows another list.

use crate::domain::catalog;
use crate::domain::text::{Message, Text};

/// How the columns of a line belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// What happened: the year is last week's year and this week.
    Flow,
    /// Things counted without repetition in each column by itself ("không trùng").
    Distinct,
    /// What stands on the period's last day, in all columns alike.
    Stock,
}

/// What a line's number is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Things, people, turns.
    Number,
    /// Đồng.
    Dong,
}

/// One entry of the table below; with `each`, a line for every code of that list.
#[derive(Clone, Copy, Debug)]
struct Entry {
    code: &'static str,
    label: Text,
    nature: Nature,
    measure: Measure,
    each: Option<&'static str>,
}

const fn flow(code: &'static str, vi: &'static str, en: &'static str) -> Entry {
    Entry {
        code,
        label: Text::new(vi, en),
        nature: Nature::Flow,
        measure: Measure::Number,
        each: None,
    }
}

const fn distinct(code: &'static str, vi: &'static str, en: &'static str) -> Entry {
    Entry {
        nature: Nature::Distinct,
        ..flow(code, vi, en)
    }
}

const fn stock(code: &'static str, vi: &'static str, en: &'static str) -> Entry {
    Entry {
        nature: Nature::Stock,
        ..flow(code, vi, en)
    }
}

const fn money(code: &'static str, vi: &'static str, en: &'static str) -> Entry {
    Entry {
        measure: Measure::Dong,
        ..flow(code, vi, en)
    }
}

const fn each(code: &'static str, list: &'static str, vi: &'static str, en: &'static str) -> Entry {
    Entry {
        each: Some(list),
        ..flow(code, vi, en)
    }
}

/// All lines, in the order of the summary.
const TABLE: [Entry; 32] = [
    flow("VISITS", "Lượt thăm, khảo sát HTX, THT", "Visits to cooperatives"),
    flow(
        "VISITS_REMOTE",
        "Lượt trao đổi qua điện thoại, Zalo",
        "Visits by telephone",
    ),
    distinct(
        "COOPS_VISITED",
        "Số HTX, THT được thăm (không trùng)",
        "Cooperatives visited (distinct)",
    ),
    each("VISITS", "visit_purpose", "Lượt thăm, mục đích", "Visits, purpose"),
    flow("ISSUES_OPENED", "Khó khăn mới ghi nhận", "Issues noted"),
    flow("ISSUES_CLOSED", "Khó khăn đã giải quyết", "Issues resolved"),
    flow("ISSUES_ESCALATED", "Khó khăn đã kiến nghị cấp trên", "Issues escalated"),
    stock("ISSUES_OPEN", "Khó khăn còn mở", "Issues open"),
    stock("ISSUES_OVERDUE", "Khó khăn quá hạn xử lý", "Issues past due"),
    flow("TRAIN_SESSIONS", "Lớp tập huấn", "Training sessions"),
    flow("TRAIN_ATTEND", "Lượt người dự tập huấn", "Attendances"),
    flow("TRAIN_ATTEND_WOMEN", "Lượt nữ dự tập huấn", "Attendances of women"),
    distinct(
        "TRAIN_PERSONS",
        "Số người dự tập huấn (không trùng)",
        "Persons trained (distinct)",
    ),
    flow(
        "MANAGERS_TRAINED_FIRST",
        "Nữ quản lý được bồi dưỡng lần đầu",
        "Women managers trained for the first time",
    ),
    flow(
        "OFFICERS_TRAINED_FIRST",
        "Cán bộ Hội được bồi dưỡng KTTT lần đầu",
        "Officers trained for the first time",
    ),
    flow("SUPPORTS", "Lượt hỗ trợ", "Supports"),
    each("SUPPORTS", "support_kind", "Hỗ trợ", "Supports"),
    money(
        "SUPPORT_GRANTED",
        "Số tiền được duyệt, giải ngân (đồng)",
        "Amount granted (đồng)",
    ),
    flow(
        "HTX_NEW",
        "HTX thành lập mới do Hội hỗ trợ",
        "New cooperatives founded with the Union",
    ),
    flow(
        "THT_NEW",
        "THT thành lập mới do Hội hỗ trợ",
        "New groups founded with the Union",
    ),
    flow(
        "THT_TO_HTX",
        "THT phát triển thành HTX",
        "Groups that became cooperatives",
    ),
    each(
        "FORMATIONS",
        "conversion_step",
        "Vận động thành lập, bước",
        "Formations, step",
    ),
    flow("FAIRS_HELD", "Hội chợ, sự kiện đã tổ chức", "Fairs held"),
    flow("BOOTHS_SHOWN", "Gian hàng đã trưng bày", "Booths set up"),
    money(
        "BOOTH_REVENUE",
        "Doanh thu gian hàng (đồng)",
        "Takings of booths (đồng)",
    ),
    flow("BOOTHS_REGISTERED", "Gian hàng đăng ký", "Booths registered"),
    flow("BOOTHS_CONFIRMED", "Gian hàng đã xác nhận", "Booths confirmed"),
    flow("OUTREACH", "Buổi tuyên truyền", "Sessions of outreach"),
    flow("OUTREACH_REACH", "Lượt người được tuyên truyền", "People reached"),
    flow("MEDIA_ITEMS", "Tin, bài, sản phẩm truyền thông", "Media items"),
    flow("IDEAS_REGISTERED", "Ý tưởng dự thi đăng ký", "Contest ideas registered"),
    flow(
        "IDEAS_SENT",
        "Ý tưởng gửi Trung ương",
        "Contest ideas sent to the Centre",
    ),
];

/// One line: its code, its name, how it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The stable code: `VISITS`, `VISITS.TU_VAN`.
    pub code: String,
    /// What it is called in reports.
    pub label: Message,
    /// How its columns add up.
    pub nature: Nature,
    /// What its number is of.
    pub measure: Measure,
}

/// All lines in the order of the summary, those of each purpose, kind and step among them.
pub fn lines() -> Vec<Line> {
    TABLE.iter().flat_map(expanded).collect()
}

/// What a code of a list is counted under: `VISITS.TU_VAN`.
pub fn code_of(family: &str, code: &str) -> String {
    format!("{family}.{code}")
}

/// A label inside a sentence: with a small first letter, unless its first word is an abbreviation ("VietGAP", "HTX").
pub fn in_sentence(label: &str) -> String {
    let first = label.split_whitespace().next().unwrap_or_default();
    if first.chars().skip(1).any(char::is_uppercase) {
        return label.to_string();
    }
    let mut letters = label.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(letters)
        .collect()
}

fn expanded(entry: &Entry) -> Vec<Line> {
    let line = |code: String, label: Message| Line {
        code,
        label,
        nature: entry.nature,
        measure: entry.measure,
    };
    let Some(list) = entry.each else {
        return vec![line(entry.code.to_string(), entry.label.into())];
    };
    let codes = catalog::list(list)
        .map(|list| list.codes.as_slice())
        .unwrap_or_default();
    let of_code = |code: &catalog::Code| {
        let short = code.short();
        let label = Message::new(
            format!("{}: {}", entry.label.vi, short.vi),
            format!("{}: {}", entry.label.en, short.en),
        );
        line(code_of(entry.code, code.code), label)
    };
    codes.iter().map(of_code).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_has_a_code_of_its_own_and_a_name_in_both_languages() {
        let lines = lines();
        let codes: HashSet<&str> = lines.iter().map(|line| line.code.as_str()).collect();
        assert_eq!(codes.len(), lines.len());
        assert!(
            lines
                .iter()
                .all(|line| !line.label.vi.is_empty() && !line.label.en.is_empty())
        );
    }

    #[test]
    fn a_label_in_a_sentence_keeps_its_abbreviations() {
        assert_eq!(in_sentence("Đánh giá thực trạng"), "đánh giá thực trạng");
        assert_eq!(in_sentence("VietGAP, quy trình tốt"), "VietGAP, quy trình tốt");
        assert_eq!(in_sentence("THT: ký hợp đồng"), "THT: ký hợp đồng");
    }

    #[test]
    fn purposes_kinds_and_steps_each_have_their_line() {
        let codes: Vec<String> = lines().into_iter().map(|line| line.code).collect();
        for code in [
            "VISITS.TU_VAN",
            "SUPPORTS.QUY_HTX",
            "FORMATIONS.B7_CAP_GCN",
            "FORMATIONS.T2_HOP_DONG",
        ] {
            assert!(codes.iter().any(|known| known == code), "{code}");
        }
    }
}
