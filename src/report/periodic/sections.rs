//! The results of each programme in words, line by line as the Union's outline has them.

use super::collect::Periodic;
use super::registers::label;
use super::tables;
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::period::PeriodKind;
use crate::domain::programme::Line;
use crate::indicator::Row;
use crate::indicator::shown;
use crate::report::doc::{Block, Level, NOTHING_HAPPENED};
use crate::vietnamese::number::{format_count, format_millions};

/// One line of a section: a name and the indicators or lines of the summary that it gives.
enum Said {
    /// An indicator of this programme: its name in the sentence, its code.
    Measured(&'static str, &'static str),
    /// A line of the summary, beside the same of a year before.
    Counted(&'static str, &'static str),
    /// An amount of the summary, in million đồng.
    Amount(&'static str, &'static str),
}

use Said::{Amount, Counted, Measured};

const COOPERATIVES: [(&str, &[Said]); 8] = [
    (
        "1. Tuyên truyền, vận động",
        &[
            Counted("Buổi tuyên truyền, sinh hoạt, hội nghị", "OUTREACH"),
            Counted("Lượt người được tuyên truyền", "OUTREACH_REACH"),
            Counted("Tin, bài, phóng sự, ấn phẩm", "MEDIA_ITEMS"),
        ],
    ),
    (
        "2. Củng cố, nâng cao chất lượng HTX, THT",
        &[
            Counted("Lượt thăm, rà soát tại cơ sở", "VISITS"),
            Counted("HTX, THT được rà soát (không trùng)", "COOPS_VISITED"),
            Measured("HTX do Hội hỗ trợ thành lập đang duy trì", "HTX_MAINTAINED"),
            Measured("THT do Hội hỗ trợ thành lập đang duy trì", "THT_MAINTAINED"),
            Measured("HTX, THT được củng cố", "HTX_THT_CONSOLIDATED_PCT"),
            Measured("HTX được hướng dẫn sắp xếp, củng cố tổ chức", "HTX_REORG_GUIDED_PCT"),
            Counted("Khó khăn, vướng mắc ghi nhận", "ISSUES_OPENED"),
            Counted("Khó khăn, vướng mắc đã giải quyết", "ISSUES_CLOSED"),
        ],
    ),
    (
        "3. Tư vấn, hỗ trợ thành lập mới",
        &[
            Measured("HTX thành lập mới", "HTX_NEW"),
            Measured("THT thành lập mới", "THT_NEW"),
            Counted("HTX phát triển từ THT", "THT_TO_HTX"),
        ],
    ),
    (
        "4. Phát triển nguồn nhân lực",
        &[
            Counted("Lớp tập huấn", "TRAIN_SESSIONS"),
            Counted("Lượt người dự", "TRAIN_ATTEND"),
            Counted("Người dự (không trùng)", "TRAIN_PERSONS"),
            Measured("Nữ quản lý được đào tạo, bồi dưỡng", "MANAGERS_TRAINED_PCT"),
            Measured("Nữ quản lý được đào tạo CNTT", "MANAGERS_IT_PCT"),
            Measured("Nữ quản lý được cấp chứng chỉ", "MANAGERS_CERT_PCT"),
            Measured(
                "Thành viên, lao động nữ được đào tạo, chuyển giao",
                "WORKERS_TRAINED_PCT",
            ),
        ],
    ),
    (
        "5. Cán bộ Hội",
        &[
            Measured("Cán bộ phụ trách KTTT được tập huấn", "OFFICERS_KTTT_TRAINED_PCT"),
            Measured(
                "Cán bộ được nâng cao kỹ năng tuyên truyền, vận động",
                "OFFICERS_SKILL_PCT",
            ),
        ],
    ),
    (
        "6. Kết nối, xúc tiến, nguồn lực",
        &[
            Counted("Hội chợ, ngày hội", "FAIRS_HELD"),
            Counted("Gian hàng", "BOOTHS_SHOWN"),
            Amount("Doanh thu tại gian hàng", "BOOTH_REVENUE"),
            Counted("Lượt hỗ trợ", "SUPPORTS"),
            Amount("Vốn được duyệt, giải ngân", "SUPPORT_GRANTED"),
        ],
    ),
    (
        "7. Việc làm",
        &[
            Measured("Lao động nữ ổn định trong HTX", "JOBS_HTX_WOMEN"),
            Measured("Lao động nữ ổn định trong THT", "JOBS_THT_WOMEN"),
            Measured("Việc làm mới cho lao động nữ", "JOBS_NEW_WOMEN"),
        ],
    ),
    (
        "8. Kiểm tra, giám sát",
        &[Counted("Lượt thăm để kiểm tra, giám sát", "VISITS.KIEM_TRA_GIAM_SAT")],
    ),
];

const START_UPS: [(&str, &[Said]); 7] = [
    (
        "1. Nâng cao nhận thức",
        &[Measured("Hội viên được tuyên truyền", "MEMBERS_AWARE_PCT")],
    ),
    (
        "2. Cuộc thi và Ngày phụ nữ khởi nghiệp",
        &[
            Counted("Ý tưởng đăng ký", "IDEAS_REGISTERED"),
            Measured("Ý tưởng gửi Trung ương", "CONTEST_IDEAS_SENT"),
            Measured("Ý tưởng vào chung kết cấp vùng", "CONTEST_REGION_FINAL"),
            Measured("Ngày phụ nữ sáng tạo khởi nghiệp", "FAIRS_HELD"),
            Measured("Gian hàng tại ngày hội", "FAIR_BOOTHS"),
        ],
    ),
    (
        "3. Nâng cao năng lực",
        &[Measured(
            "Phụ nữ là chủ DN, quản lý HTX, THT, chủ hộ kinh doanh được nâng cao năng lực",
            "WOMEN_LEADERS_CAPACITY",
        )],
    ),
    (
        "4. Đào tạo nghề, giới thiệu học nghề",
        &[Measured(
            "Lao động nữ được đào tạo, dạy nghề, giới thiệu",
            "VOCATIONAL_WOMEN",
        )],
    ),
    (
        "5. Pháp lý, thương hiệu, tín dụng",
        &[
            Measured("Đơn vị được tư vấn, hỗ trợ pháp lý", "BIZ_LEGAL_ADVISED"),
            Measured("Đơn vị được tư vấn tiếp cận vốn", "BIZ_CREDIT_ADVISED"),
            Measured("Đơn vị được hỗ trợ tái cấu trúc", "BIZ_RESTRUCTURED"),
            Counted("Lượt hỗ trợ thương hiệu, nhãn hiệu", "SUPPORTS.THUONG_HIEU"),
        ],
    ),
    (
        "6. HTX, THT duy trì; doanh nghiệp mới; câu lạc bộ, nhóm",
        &[
            Measured("HTX duy trì", "HTX_MAINTAINED"),
            Measured("THT duy trì", "THT_MAINTAINED"),
            Measured("Đơn vị mới thành lập được tư vấn", "NEW_BIZ_ADVISED"),
            Measured("Hộ kinh doanh chuyển thành doanh nghiệp", "HKD_TO_DN"),
            Measured("Câu lạc bộ nữ chủ doanh nghiệp được phối hợp", "CLUBS_PARTNERED"),
            Measured("Nhóm phụ nữ khuyết tật tự lực duy trì", "DISABLED_GROUP_MAINTAINED"),
        ],
    ),
    (
        "7. Cán bộ chuyên trách",
        &[Measured(
            "Cán bộ chuyên trách được nâng cao nhận thức",
            "OFFICERS_FT_AWARE_PCT",
        )],
    ),
];

/// The results of one programme.
pub fn results(blocks: &mut Vec<Block>, report: &Periodic, line: Line) {
    let sections = match line {
        Line::Cooperatives => COOPERATIVES.as_slice(),
        Line::StartUps => START_UPS.as_slice(),
    };
    for (heading, said) in sections {
        blocks.push(Block::heading(Level::Item, *heading));
        blocks.extend(
            said.iter()
                .filter_map(|said| sentence(report, line, said))
                .map(Block::bullet),
        );
        extra(blocks, report, line, heading);
    }
    let part = match line {
        Line::Cooperatives => "tasks_cooperatives",
        Line::StartUps => "tasks_start_ups",
    };
    blocks.extend(report.words.of(part).iter().map(Block::bullet));
}

fn sentence(report: &Periodic, line: Line, said: &Said) -> Option<String> {
    Some(match said {
        Measured(name, code) => format!(
            "{name}: {}{}.",
            in_words(report.measure(line, code)?),
            marks(report, line, code)
        ),
        Counted(name, code) => {
            let beside = [
                ("kỳ trước", report.before(code)),
                ("cùng kỳ năm trước", report.a_year_ago(code)),
            ];
            // Of a year the two are one.
            let same = report.asked.period.kind == PeriodKind::Year;
            let beside = beside.into_iter().skip(usize::from(same));
            let beside: Vec<String> = std::iter::once(("đơn vị gửi số", Some(tables::declared(report, &[code]))))
                .chain(beside)
                .filter_map(|(name, figure)| Some(format!("{name} {}", format_count(figure.filter(|it| *it > 0)?))))
                .collect();
            let beside = match beside.is_empty() {
                true => String::new(),
                false => format!(" ({})", beside.join("; ")),
            };
            format!("{name}: {}{beside}.", format_count(report.value(code)))
        }
        Amount(name, code) => {
            let amount = report.value(code);
            if amount == 0 {
                return None;
            }
            let declared = match tables::declared(report, &[code]) {
                0 => String::new(),
                amount => format!(" (đơn vị gửi số {})", format_millions(amount)),
            };
            format!("{name}: {} triệu đồng{declared}.", format_millions(amount))
        }
    })
}

fn in_words(row: &Row) -> String {
    let unit = if row.target.measure == "%" {
        ""
    } else {
        row.target.measure.as_str()
    };
    format!("{} {unit}", shown::actual(row)).trim_end().to_string()
}

fn marks(report: &Periodic, line: Line, code: &str) -> String {
    let Some(row) = report.measure(line, code) else {
        return String::new();
    };
    let mut words: Vec<String> = row.tally.marks.iter().map(|mark| mark.text().vi.to_string()).collect();
    if !row.tally.undecided.is_empty() {
        words.push(format!("{} trường hợp chưa đủ dữ liệu", row.tally.undecided.len()));
    }
    if words.is_empty() {
        String::new()
    } else {
        format!(" ({})", words.join("; "))
    }
}

/// What registers add to a section.
fn extra(blocks: &mut Vec<Block>, report: &Periodic, line: Line, heading: &str) {
    let registers = &report.registers;
    let list = |name: &str, list: &str, counts: &std::collections::BTreeMap<String, i64>| {
        let mut counts: Vec<(&String, &i64)> = counts.iter().collect();
        counts.arrange_by_key(|(code, _)| catalog::list(list).and_then(|list| list.index(code)));
        let told = |(code, count): &(&String, &i64)| format!("{} {count}", label(list, code).to_lowercase());
        let parts: Vec<String> = counts.iter().map(told).collect();
        (!parts.is_empty()).then(|| Block::bullet(format!("{name}: {}.", parts.join("; "))))
    };
    match (line, heading.chars().next()) {
        (Line::Cooperatives, Some('1')) => {
            let (contests, reach) = registers.contests;
            if contests > 0 {
                blocks.push(Block::bullet(format!(
                    "Cuộc thi tìm hiểu pháp luật, Luật HTX: {contests} cuộc, {} lượt người dự.",
                    format_count(reach)
                )));
            }
        }
        (Line::Cooperatives, Some('2')) => blocks.extend(list("Xếp loại HTX, THT", "htx_rating", &registers.ratings)),
        (Line::Cooperatives, Some('6')) => {
            let stars: Vec<String> = registers
                .stars
                .iter()
                .map(|(stars, count)| format!("{stars} sao {count}"))
                .collect();
            if !stars.is_empty() {
                blocks.push(Block::bullet(format!(
                    "Sản phẩm OCOP còn hiệu lực: {}.",
                    stars.join("; ")
                )));
            }
            let (traced, planted) = registers.traced;
            let counts = [
                ("sản phẩm có truy xuất nguồn gốc", traced),
                ("có mã số vùng trồng", planted),
                ("lượt hỗ trợ bảo hiểm", registers.insured),
            ];
            blocks.extend(counted(&counts));
            let (contracts, value) = registers.contracts;
            if contracts > 0 {
                let value = format_millions(value);
                blocks.push(Block::bullet(format!(
                    "Hợp đồng, bản ghi nhớ được ký: {contracts}, trị giá {value} triệu đồng."
                )));
            }
            let raised = registers.funds.iter().filter_map(|(source, sides)| {
                let amount = format_millions(*sides.get("HUY_DONG")?);
                Some(format!("{} {amount}", label("funding_source", source).to_lowercase()))
            });
            let raised: Vec<String> = raised.collect();
            if !raised.is_empty() {
                let raised = raised.join("; ");
                blocks.push(Block::bullet(format!(
                    "Vốn huy động theo nguồn (triệu đồng): {raised}."
                )));
            }
        }
        (Line::StartUps, Some('2')) => blocks.extend(tables::ideas(report).map(Block::Table)),
        (Line::StartUps, Some('4')) => {
            let [own, joint, sent] = registers.vocational.map(format_count);
            blocks.push(Block::bullet(format!(
                "Trong đó: Hội tổ chức dạy nghề {own}; phối hợp, hỗ trợ đào tạo {joint}; giới thiệu học nghề {sent} (một người có thể ở nhiều loại)."
            )));
        }
        (Line::StartUps, Some('5')) => {
            let (count, granted) = registers.credit;
            if count > 0 {
                let granted = format_millions(granted);
                blocks.push(Block::bullet(format!(
                    "Vốn tín dụng, quỹ được duyệt, giải ngân: {granted} triệu đồng ({count} lượt)."
                )));
            }
        }
        (Line::StartUps, Some('6')) => {
            blocks.push(Block::bullet(format!(
                "Doanh nghiệp mới thành lập: {}.",
                registers.enterprises
            )));
        }
        (Line::Cooperatives, Some('7')) => {
            if let Some((income, count)) = registers.income {
                let income = format_millions(income);
                blocks.push(Block::bullet(format!(
                    "Thu nhập bình quân của lao động: {income} triệu đồng/tháng (theo {count} HTX, THT có số liệu)."
                )));
            }
        }
        (Line::Cooperatives, Some('8')) => {
            let counts = [
                ("đợt kiểm tra, giám sát", registers.inspections),
                ("HTX thí điểm \"văn hóa, trách nhiệm cộng đồng\"", registers.pilots),
            ];
            blocks.extend(counted(&counts));
        }
        _ => {}
    }
}

/// "12 sản phẩm có truy xuất nguồn gốc; 3 có mã số vùng trồng", without what there is none of.
fn counted(counts: &[(&str, i64)]) -> Option<Block> {
    let there = counts.iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = there
        .map(|(name, count)| format!("{} {name}", format_count(*count)))
        .collect();
    (!told.is_empty()).then(|| Block::bullet(format!("{}.", told.join("; "))))
}

/// Open difficulties, by code, with how many organisations have each.
pub fn difficulties(report: &Periodic) -> Vec<Block> {
    let mut found: Vec<(&String, &i64)> = report.registers.difficulties.iter().collect();
    found.arrange_by_key(|(code, count)| (std::cmp::Reverse(**count), (*code).clone()));
    if found.is_empty() {
        return vec![Block::bullet(format!("{NOTHING_HAPPENED}."))];
    }
    let line =
        |(code, count): (&String, &i64)| Block::bullet(format!("{}: {count} đơn vị.", label("difficulty", code)));
    found.into_iter().map(line).collect()
}
