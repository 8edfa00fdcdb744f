//! The report as an administrative document, part by part as the Union's outline has it. Reports are in Vietnamese
//! whatever the interface speaks.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::collect::Periodic;
use super::registers::label;
use super::{sections, tables};
use crate::domain::catalog::units;
use crate::domain::period::PeriodKind;
use crate::domain::programme::Line;
use crate::indicator::state::State;
use crate::indicator::tally::Value;
use crate::report::doc::{Annex, Block, Closing, Doc, Letterhead, Level, NOTHING_HAPPENED, Signature, Title};
use crate::report::weekly;
use crate::vietnamese::date::format_date;

/// What stands where the officer has yet to write.
const TO_WRITE: &str = "…………………………………………";

/// What a report needs beside the figures.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The letterhead.
    pub letterhead: Option<Letterhead>,
    /// Who signs.
    pub signature: Option<Signature>,
    /// The annexes.
    pub annexes: Vec<Annex>,
    /// The figures of the units below, where they were asked for.
    pub parts: Vec<super::by_unit::UnitFigures>,
    /// What changed since the same report was sent.
    pub supplements: Option<String>,
    /// The unit reported on, where another office reports.
    pub about: Option<String>,
}

/// The report as a document.
pub fn doc(report: &Periodic, frame: &Frame, made: NaiveDateTime) -> Doc {
    let mut doc = Doc::new(title(report, frame), made);
    doc.letterhead.clone_from(&frame.letterhead);
    match report.asked.period.kind {
        PeriodKind::HalfYear | PeriodKind::Year => outline(&mut doc.blocks, report, frame),
        _ => short(&mut doc.blocks, report, frame),
    }
    doc.annexes.clone_from(&frame.annexes);
    if frame.signature.is_some() {
        doc.closing = Closing::Official;
        doc.signature.clone_from(&frame.signature);
    }
    doc
}

fn title(report: &Periodic, frame: &Frame) -> Title {
    let asked = &report.asked;
    let programmes: Vec<String> = asked.lines.iter().map(|line| name_of(report, *line)).collect();
    let label = asked.period.label().vi;
    let period = match asked.period.kind {
        PeriodKind::Range => format!(
            "từ {} đến {}",
            format_date(asked.period.from),
            format_date(asked.period.to)
        ),
        _ => in_sentence(&label),
    };
    let ahead = match (asked.period.kind, asked.period.from.month()) {
        (PeriodKind::HalfYear, 1) => format!("; phương hướng, nhiệm vụ 6 tháng cuối năm {}", asked.period.to.year()),
        (PeriodKind::Year, _) => format!("; phương hướng, nhiệm vụ năm {}", asked.period.to.year() + 1),
        _ => String::new(),
    };
    let mut title = Title::new(
        "BÁO CÁO",
        format!("Kết quả thực hiện {} {period}{ahead}", programmes.join(" và ")),
    );
    title
        .subject
        .extend(frame.about.iter().map(|unit| format!("Đơn vị: {unit}")));
    title.period = vec![format!(
        "(Số liệu từ {} đến {})",
        format_date(asked.period.from),
        format_date(asked.cut_off)
    )];
    title
}

fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn name_of(report: &Periodic, line: Line) -> String {
    match line {
        Line::Cooperatives => {
            "Đề án “Hỗ trợ hợp tác xã do phụ nữ tham gia quản lý, tạo việc làm cho lao động nữ đến năm 2030”"
                .to_string()
        }
        Line::StartUps => {
            let number = report.asked.programme(line);
            let number = number.trim_start_matches("DA");
            format!("Đề án {number} “Hỗ trợ phụ nữ khởi nghiệp”")
        }
    }
}

fn part(blocks: &mut Vec<Block>, heading: &str) {
    blocks.push(Block::heading(Level::Part, heading));
}

fn section(blocks: &mut Vec<Block>, heading: &str) {
    blocks.push(Block::heading(Level::Section, heading));
}

fn outline(blocks: &mut Vec<Block>, report: &Periodic, frame: &Frame) {
    grounds(blocks, report);
    part(blocks, "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI");
    steering(blocks, report);
    part(blocks, "II. KẾT QUẢ THỰC HIỆN");
    for (place, line) in report.asked.lines.iter().enumerate() {
        let letter = ["A", "B"].get(place).copied().unwrap_or("C");
        section(blocks, &format!("{letter}. {}", name_of(report, *line)));
        sections::results(blocks, report, *line);
    }
    let letter = ["A", "B", "C"].get(report.asked.lines.len()).copied().unwrap_or("C");
    section(blocks, &format!("{letter}. Đối chiếu chỉ tiêu"));
    comparison(blocks, report, frame);
    part(blocks, "III. ĐÁNH GIÁ CHUNG");
    assessment(blocks, report);
    part(blocks, &ahead(report));
    what_is_left(blocks, report);
    words(blocks, report, "next");
    part(blocks, "V. ĐỀ XUẤT, KIẾN NGHỊ");
    for (number, (name, key)) in [
        ("Với cấp trên của Hội", "to_centre"),
        ("Với Ủy ban nhân dân, các sở, ngành", "to_government"),
        ("Với Liên minh HTX, ngân hàng", "to_alliance"),
    ]
    .into_iter()
    .enumerate()
    {
        section(blocks, &format!("{}. {name}", number + 1));
        words(blocks, report, key);
    }
    if report.asked.period.kind == PeriodKind::Year {
        section(blocks, "4. Đề nghị khen thưởng");
        words(blocks, report, "commendation");
    }
}

fn ahead(report: &Periodic) -> String {
    let period = report.asked.period;
    match (period.kind, period.from.month()) {
        (PeriodKind::HalfYear, 1) => "IV. NHIỆM VỤ 6 THÁNG CUỐI NĂM".to_string(),
        _ => format!("IV. NHIỆM VỤ NĂM {}", period.to.year() + 1),
    }
}

/// "Căn cứ": the plans reported on and those they are grounded on.
fn grounds(blocks: &mut Vec<Block>, report: &Periodic) {
    let mut grounds: Vec<String> = Vec::new();
    for plan in report.plans.iter().map(|result| &result.plan) {
        grounds.extend(plan.parents.iter().cloned());
        let number = plan
            .number
            .as_ref()
            .map(|number| format!(" số {number}"))
            .unwrap_or_default();
        let date = plan.date.as_deref().and_then(|date| date.parse::<NaiveDate>().ok());
        let date = date
            .map(|date| format!(" ngày {}", format_date(date)))
            .unwrap_or_default();
        grounds.push(format!("{}{number}{date}", plan.title));
    }
    let mut seen = std::collections::HashSet::new();
    grounds.retain(|ground| seen.insert(ground.clone()));
    if !grounds.is_empty() {
        let unit = units().get(&report.asked.unit);
        let issuer = unit.map_or_else(|| report.unit_name.clone(), |unit| unit.union_name());
        let text = format!("Căn cứ {}; {issuer} báo cáo kết quả như sau:", grounds.join("; "));
        blocks.push(Block::paragraph(text));
    }
}

fn steering(blocks: &mut Vec<Block>, report: &Periodic) {
    let registers = &report.registers;
    section(blocks, "1. Kế hoạch, văn bản đã ban hành");
    let (with_plan, below) = registers.own_plans;
    if below > 0 {
        blocks.push(Block::bullet(format!(
            "Đơn vị trực thuộc đã có kế hoạch: {with_plan}/{below}."
        )));
    }
    for plan in report.plans.iter().map(|result| &result.plan) {
        let issued = plan.date.as_deref().and_then(|date| date.parse::<NaiveDate>().ok());
        let in_period = issued.filter(|day| plan.unit == report.asked.unit && report.asked.window().contains(*day));
        if let Some(day) = in_period {
            let number = plan
                .number
                .iter()
                .map(|number| format!(" số {number}"))
                .collect::<String>();
            let (title, day) = (&plan.title, format_date(day));
            blocks.push(Block::bullet(format!("Đã ban hành: {title}{number} ngày {day}.")));
        }
    }
    words(blocks, report, "steering");
    section(blocks, "2. Phân bổ chỉ tiêu cho đơn vị");
    let allotted: Vec<Block> = report
        .plans
        .iter()
        .filter_map(tables::allotted)
        .map(Block::Table)
        .collect();
    or_nothing(blocks, allotted);
    section(blocks, "3. Kinh phí");
    match tables::funds(report) {
        Some(table) => blocks.push(Block::Table(table)),
        None => blocks.push(Block::bullet(format!("{NOTHING_HAPPENED}."))),
    }
    section(blocks, "4. Phối hợp");
    let mut partners: Vec<Block> = Vec::new();
    for (kind, count) in &registers.partners {
        partners.push(Block::bullet(format!(
            "{}: {count} hoạt động chung.",
            label("partner", kind)
        )));
    }
    or_nothing(blocks, partners);
}

fn comparison(blocks: &mut Vec<Block>, report: &Periodic, frame: &Frame) {
    for (place, result) in report.plans.iter().enumerate() {
        let mut table = tables::targets(result);
        let number = match report.plans.len() {
            1 => "Bảng 2".to_string(),
            _ => format!("Bảng 2.{}", place + 1),
        };
        table.caption = Some(format!("{number}. Đối chiếu chỉ tiêu: {}", result.plan.title));
        blocks.push(Block::Table(table));
    }
    if report.plans.is_empty() {
        blocks.push(Block::paragraph("Chưa có kế hoạch nào được chọn để đối chiếu."));
    }
    if report.asked.lines.len() > 1 {
        blocks.push(Block::Table(tables::by_programme(report)));
        blocks.push(Block::Note(
            "Hoạt động thuộc cả hai Đề án được ghi ở hai cột và chỉ tính một lần ở cột tổng.".to_string(),
        ));
        if tables::has_declared_activities(report) {
            blocks.push(Block::Note(
                "(*) Cột tổng gồm cả số liệu do đơn vị gửi, không phân theo Đề án.".to_string(),
            ));
        }
    }
    if let Some(table) = tables::priority(report) {
        blocks.push(Block::Table(table));
        blocks.push(Block::Note(
            "Nhóm dưới 5 người ghi \"<5\"; không cộng tổng các nhóm.".to_string(),
        ));
    }
    blocks.extend(frame.supplements.iter().cloned().map(Block::Note));
}

fn assessment(blocks: &mut Vec<Block>, report: &Periodic) {
    section(blocks, "1. Ưu điểm");
    words(blocks, report, "strengths");
    section(blocks, "2. Tồn tại, hạn chế");
    let low = report.plans.iter().flat_map(|result| &result.held).filter(|held| {
        let reached = held.row.tenths_of_target();
        matches!(held.row.state, State::NotMet | State::InProgress) && reached.is_some_and(|tenths| tenths < 500)
    });
    let low: Vec<&str> = low.map(|held| held.row.target.description.as_str()).collect();
    if !low.is_empty() {
        blocks.push(Block::bullet(format!(
            "Chỉ tiêu còn dưới 50% kế hoạch: {}.",
            low.join("; ")
        )));
    }
    let late = &report.registers.not_sent;
    if late.len() > 1 && late.len() == report.registers.expected {
        let text = format!("Chưa đơn vị trực thuộc nào gửi báo cáo (0/{}).", late.len());
        blocks.push(Block::bullet(text));
    } else if !late.is_empty() {
        blocks.push(Block::bullet(format!(
            "Đơn vị chưa gửi báo cáo ({}/{}): {}.",
            late.len(),
            report.registers.expected,
            late.join(", ")
        )));
    }
    words(blocks, report, "weaknesses");
    section(blocks, "3. Khó khăn, vướng mắc");
    blocks.extend(sections::difficulties(report));
    section(blocks, "4. Nguyên nhân");
    words(blocks, report, "causes");
    section(blocks, "5. Bài học kinh nghiệm");
    words(blocks, report, "lessons");
}

/// What is still wanted of each target of the plans.
fn what_is_left(blocks: &mut Vec<Block>, report: &Periodic) {
    let mut left = Vec::new();
    for held in report.plans.iter().flat_map(|result| &result.held) {
        let row = &held.row;
        let is_open = matches!(row.state, State::NotMet | State::InProgress);
        if let (true, Some(Value::Count(done))) = (is_open, row.value) {
            let missing = row.target.low - done as f64;
            let missing = if row.target.operator.code() == ">" {
                missing + 1.0
            } else {
                missing
            };
            let missing = format!("{missing} {}", row.target.measure);
            left.push(Block::bullet(format!(
                "{}: còn {}.",
                row.target.description,
                missing.trim_end()
            )));
        }
    }
    blocks.extend(left);
}

/// The officer's words, or a line to write on.
fn words(blocks: &mut Vec<Block>, report: &Periodic, part: &str) {
    match report.words.of(part) {
        [] => blocks.push(Block::bullet(TO_WRITE)),
        lines => blocks.extend(lines.iter().map(Block::bullet)),
    }
}

fn or_nothing(blocks: &mut Vec<Block>, found: Vec<Block>) {
    match found.is_empty() {
        true => blocks.push(Block::bullet(format!("{NOTHING_HAPPENED}."))),
        false => blocks.extend(found),
    }
}

/// A month, a quarter, any span: what happened, beside the year before, and the plans.
fn short(blocks: &mut Vec<Block>, report: &Periodic, frame: &Frame) {
    part(blocks, "I. KẾT QUẢ");
    if report.now.is_quiet() {
        blocks.push(Block::paragraph(format!(
            "Trong kỳ: {}.",
            NOTHING_HAPPENED.to_lowercase()
        )));
    }
    blocks.push(Block::Table(tables::comparison(report)));
    blocks.extend(weekly::by_unit::notes(tables::has_declared(report), &[]));
    part(blocks, "II. ĐỐI CHIẾU CHỈ TIÊU");
    comparison(blocks, report, frame);
    part(blocks, "III. KHÓ KHĂN, VƯỚNG MẮC");
    blocks.extend(sections::difficulties(report));
    part(blocks, "IV. ĐỀ XUẤT, KIẾN NGHỊ");
    words(blocks, report, "to_centre");
}
