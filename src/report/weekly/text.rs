//! The summary as a message: short enough for a telephone, and without the name of any person. Names of cooperatives are
//! left out as well, for a household business bears its owner's.

use super::attention::Topic;
use super::layout::{Frame, Shown, week_name};
use super::{Column, WeeklySummary};
use crate::domain::text::{Lang, Message};
use crate::report::cell::Cell;
use crate::vietnamese::number::format_count;

/// The message, a line for each matter that has anything to say.
pub fn write(summary: &WeeklySummary, frame: &Frame, lang: Lang) -> String {
    let shown = Shown::new(summary, frame.sent.as_ref());
    let mut lines = vec![head(summary).get(lang).to_string()];
    if summary.is_quiet() {
        lines.push(
            Message::new("- Trong tuần: không phát sinh.", "- Nothing happened in the week.")
                .get(lang)
                .to_string(),
        );
    }
    lines.extend(matters(&shown).into_iter().map(|text| format!("- {}.", text.get(lang))));
    for part in frame.filled() {
        let this = |code: &str| format_count(part.value(code, Column::This));
        let (visits, turns, supports) = (this("VISITS"), this("TRAIN_ATTEND"), this("SUPPORTS"));
        let text = Message::new(
            format!(
                "{}: thăm {visits}, tập huấn {turns} lượt, hỗ trợ {supports}",
                part.source.named(&part.name, Lang::Vi)
            ),
            format!(
                "{}: {visits} visits, {turns} trained, {supports} supports",
                part.source.named(&part.name, Lang::En)
            ),
        );
        lines.push(format!("  {}.", text.get(lang)));
    }
    let quiet = frame.quiet().count();
    if quiet > 0 {
        let text = Message::new(
            format!("Không có số liệu: {quiet} đơn vị"),
            format!("Without figures: {quiet} units"),
        );
        lines.push(format!("  {}.", text.get(lang)));
    }
    let urgent = summary
        .attention
        .iter()
        .filter(|point| point.topic != Topic::OldFigures);
    lines.extend(urgent.map(|point| format!("! {}.", point.text.get(lang))));
    if let Some(text) = ahead(summary) {
        lines.push(format!("> {}.", text.get(lang)));
    }
    lines.join("\n") + "\n"
}

fn head(summary: &WeeklySummary) -> Message {
    let name = week_name(summary.period);
    let (from, to) = (
        summary.period.from.format("%-d/%-m"),
        summary.period.to.format("%-d/%-m/%Y"),
    );
    let unit = &summary.unit_name;
    Message::new(
        format!("BÁO CÁO {} ({from} - {to}), {unit}", name.vi.to_uppercase()),
        format!("{} ({from} - {to}), {unit}", name.en.to_uppercase()),
    )
}

/// What happened, a matter each; matters without a figure this week are left out.
fn matters(shown: &Shown<'_>) -> Vec<Message> {
    let this = |code: &str| shown.value(code, Column::This);
    let year = |code: &str| format_count(shown.value(code, Column::Year));
    let count = |code: &str| format_count(this(code));
    let any = |codes: &[&str]| codes.iter().any(|code| this(code) != 0);
    let mut matters = Vec::new();
    let mut say = |is_said: bool, vi: String, en: String| {
        if is_said {
            matters.push(Message::new(vi, en));
        }
    };
    let (visits, places) = (count("VISITS"), count("COOPS_VISITED"));
    say(
        any(&["VISITS"]),
        format!(
            "Thăm HTX, THT: {visits} lượt, {places} đơn vị (năm: {} lượt)",
            year("VISITS")
        ),
        format!("Visits: {visits} to {places} cooperatives (year: {})", year("VISITS")),
    );
    let (opened, closed) = (count("ISSUES_OPENED"), count("ISSUES_CLOSED"));
    let (open, overdue) = (count("ISSUES_OPEN"), count("ISSUES_OVERDUE"));
    say(
        any(&["ISSUES_OPENED", "ISSUES_CLOSED", "ISSUES_OPEN"]),
        format!("Khó khăn: mới {opened}, đã giải quyết {closed}, còn mở {open}, quá hạn {overdue}"),
        format!("Issues: {opened} new, {closed} resolved, {open} open, {overdue} past due"),
    );
    let (turns, women) = (count("TRAIN_ATTEND"), count("TRAIN_ATTEND_WOMEN"));
    let (sessions, first) = (count("TRAIN_SESSIONS"), count("MANAGERS_TRAINED_FIRST"));
    say(
        any(&["TRAIN_SESSIONS"]),
        format!("Tập huấn: {sessions} lớp, {turns} lượt người (nữ {women}), nữ quản lý lần đầu {first}"),
        format!(
            "Training: {sessions} sessions, {turns} attended ({women} women), {first} women managers for the first time"
        ),
    );
    let money = Cell::Millions(this("SUPPORT_GRANTED"));
    say(
        any(&["SUPPORTS", "SUPPORT_GRANTED"]),
        format!("Hỗ trợ: {} lượt, {money} triệu đồng", count("SUPPORTS")),
        format!("Supports: {}, {money} million đồng", count("SUPPORTS")),
    );
    let (htx, tht) = (count("HTX_NEW"), count("THT_NEW"));
    say(
        any(&["HTX_NEW", "THT_NEW"]),
        format!("Thành lập mới: {htx} HTX, {tht} THT"),
        format!("Founded: {htx} cooperatives, {tht} groups"),
    );
    let (registered, confirmed, set_up) = (
        count("BOOTHS_REGISTERED"),
        count("BOOTHS_CONFIRMED"),
        count("BOOTHS_SHOWN"),
    );
    say(
        any(&["BOOTHS_REGISTERED", "BOOTHS_CONFIRMED", "BOOTHS_SHOWN", "FAIRS_HELD"]),
        format!("Gian hàng: đăng ký {registered}, xác nhận {confirmed}, đã trưng bày {set_up}"),
        format!("Booths: {registered} registered, {confirmed} confirmed, {set_up} set up"),
    );
    let (meetings, reach, items) = (count("OUTREACH"), count("OUTREACH_REACH"), count("MEDIA_ITEMS"));
    say(
        any(&["OUTREACH", "MEDIA_ITEMS"]),
        format!("Truyền thông: {meetings} buổi, {reach} lượt người; {items} tin, bài"),
        format!("Outreach: {meetings} sessions, {reach} people; {items} media items"),
    );
    let (ideas, gone) = (count("IDEAS_REGISTERED"), count("IDEAS_SENT"));
    say(
        any(&["IDEAS_REGISTERED", "IDEAS_SENT"]),
        format!("Ý tưởng dự thi: đăng ký {ideas}, gửi Trung ương {gone}"),
        format!("Contest ideas: {ideas} registered, {gone} sent"),
    );
    matters
}

/// Next week in numbers: "Tuần tới: 2 lượt thăm, 1 lớp tập huấn".
fn ahead(summary: &WeeklySummary) -> Option<Message> {
    let sorts = [
        ("visit", "lượt thăm", "visits"),
        ("training", "lớp tập huấn", "sessions"),
        ("fair", "sự kiện", "fairs"),
        ("filing", "báo cáo đến hạn", "reports due"),
        ("issue", "khó khăn đến hạn xử lý", "issues due"),
    ];
    let (mut vi, mut en) = (Vec::new(), Vec::new());
    for (kind, in_vi, in_en) in sorts {
        let count = summary.next_week.iter().filter(|coming| coming.kind == kind).count();
        if count > 0 {
            vi.push(format!("{count} {in_vi}"));
            en.push(format!("{count} {in_en}"));
        }
    }
    (!vi.is_empty()).then(|| {
        Message::new(
            format!("Tuần tới: {}", vi.join(", ")),
            format!("Next week: {}", en.join(", ")),
        )
    })
}
