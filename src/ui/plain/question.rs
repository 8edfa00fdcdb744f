//! A field of a form as a question: what it asks, what stands there, what stood there last time, what can be answered.

use super::pick::spoken;
use crate::domain::catalog;
use crate::domain::text::{Lang, Text};
use crate::store::Read;
use crate::ui::form::chooser::Source;
use crate::ui::form::ditto::Earlier;
use crate::ui::form::field::Cell;
use crate::ui::form::{Form, picks, show};
use crate::ui::screen::Tone;

/// A list that is longer is read out only when asked for.
const SHORT: usize = 15;

/// What every answer may be besides a value.
pub const HELP: &[Text] = &[
    Text::new(
        "Enter: giữ nguyên hoặc bỏ qua, sang câu sau.",
        "Enter: leave it as it is and go on.",
    ),
    Text::new("- : để trống.", "-: leave it empty."),
    Text::new("< : câu trước.", "<: the question before."),
    Text::new("#5 : đến câu số 5.", "#5: go to question 5."),
    Text::new("= : số như lần trước.", "=: the same number as last time."),
    Text::new("\" : như phiếu trước.", "\": as in the record before."),
    Text::new("> : các câu thêm, ngoài đường chính.", ">: the further questions."),
    Text::new(
        "+ : tạo mới HTX, người… ở ô này.",
        "+: create the cooperative, the person… for this field.",
    ),
    Text::new(
        "! : đúng như vậy, dù máy thấy lạ.",
        "!: it is right, though it looks odd.",
    ),
    Text::new("* : đọc lại cả phiếu.", "*: read the whole record."),
    Text::new(
        "\\ ở đầu: giữ nguyên từng chữ, không bỏ dấu.",
        "\\ first: exactly as typed, nothing composed.",
    ),
    Text::new(
        ". : lưu. .. : dừng, giữ bản nháp.",
        ".: save. ..: stop and keep a draft.",
    ),
];

/// The question of the field under the cursor, line by line.
pub fn of(form: &mut Form, read: &dyn Read, lang: Lang) -> Vec<String> {
    let at = form.at();
    let mut lines = vec![String::new(), title(&form.cells()[at], at, lang)];
    lines.extend(remarks(form, lang));
    let cell = &form.cells()[at];
    let shown = cell.shown(lang);
    if !shown.is_empty() && cell.fault.is_some() {
        let said = Text::new("Đã gõ", "What was typed").get(lang);
        lines.push(format!("{said}: {shown}"));
    } else if !shown.is_empty() {
        let said = Text::new("Đang có", "There is").get(lang);
        let keep = Text::new("Enter để giữ.", "Enter keeps it.").get(lang);
        lines.push(format!("{said}: {shown}. {keep}"));
    }
    if let (Some(earlier), Some(beside)) = (form.earlier(cell), form.beside())
        && beside.of != Earlier::AsStored
    {
        let said = Text::new("Lần trước", "Last time").get(lang);
        lines.push(format!(
            "{said}: {}",
            show::value(&cell.field, earlier, read.known(), lang)
        ));
    }
    if let Some(ghost) = form.ghost(cell) {
        let said = Text::new("Để trống thì ghi", "Left empty it becomes").get(lang);
        lines.push(format!(
            "{said}: {}",
            show::value(&cell.field, ghost, read.known(), lang)
        ));
    }
    let hint = cell.field.hint.get(lang);
    if !hint.is_empty() {
        lines.push(hint.to_owned());
    }
    lines.extend(choices(form, lang));
    lines
}

/// "Câu 3. Mục đích. Phải điền."
pub fn title(cell: &Cell, at: usize, lang: Lang) -> String {
    let question = Text::new("Câu", "Question").get(lang);
    let needed = if cell.field.is_required() {
        Text::new(" Phải điền.", " Required.").get(lang)
    } else {
        ""
    };
    format!("{question} {}. {}.{needed}", at + 1, cell.field.label.get(lang))
}

/// What is wrong or doubtful in the field under the cursor.
pub fn remarks(form: &Form, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for remark in form.remarks() {
        let sort = match remark.tone {
            Tone::Bad => Text::new("Sai", "Wrong"),
            _ => Text::new("Xem lại", "To mind"),
        };
        lines.push(format!("{}: {}", sort.get(lang), remark.said.get(lang)));
    }
    if form.has_doubt_here() {
        let how = Text::new(
            "Gõ ! nếu đúng như vậy; nếu không, trả lời lại.",
            "Type ! if it is right; else answer again.",
        );
        lines.push(how.get(lang).to_owned());
    }
    lines
}

/// How the field is answered: its choices where they are few.
fn choices(form: &Form, lang: Lang) -> Vec<String> {
    let cell = &form.cells()[form.at()];
    let several = if cell.field.kind.is_multiple() {
        Text::new(" Nhiều mục cách nhau bằng dấu phẩy.", " Several are parted by commas.").get(lang)
    } else {
        ""
    };
    match form.source() {
        Some(Source::List(list)) => {
            let count = catalog::list(list).map_or(0, |list| list.codes.len());
            if count <= SHORT {
                let mut lines: Vec<String> = picks::of_list(list, lang).iter().map(spoken).collect();
                lines.push(format!("{}{several}", Text::new("Gõ số.", "Type a number.").get(lang)));
                return lines;
            }
            let how = match lang {
                Lang::Vi => format!("Có {count} mục: gõ số hoặc vài chữ; ? để nghe hết.{several}"),
                Lang::En => format!("There are {count}: type a number or some letters; ? for all.{several}"),
            };
            vec![how]
        }
        Some(Source::Flag) => picks::of_flag(lang).iter().map(spoken).collect(),
        Some(Source::Records(_)) => {
            let how = Text::new(
                "Gõ mã, tên không cần dấu, hoặc điện thoại; + để tạo mới.",
                "Type a code, a name without tones, or a telephone; + creates a new one.",
            );
            vec![format!("{}{several}", how.get(lang))]
        }
        Some(Source::Indicators) => {
            let how = Text::new(
                "Gõ vài chữ của tên chỉ tiêu, không cần dấu, hoặc mã.",
                "Type some letters of the indicator's name, without tones, or its code.",
            );
            vec![how.get(lang).to_owned()]
        }
        Some(Source::Units) => {
            let how = Text::new(
                "Gõ tên xã, phường, tỉnh, không cần dấu.",
                "Type the unit's name, without tones.",
            );
            vec![format!("{}{several}", how.get(lang))]
        }
        None => Vec::new(),
    }
}

/// The whole form, a line for each field that is filled.
pub fn all(form: &Form, lang: Lang) -> Vec<String> {
    let filled = |(at, cell): (usize, &Cell)| {
        let shown = cell.shown(lang);
        (!shown.is_empty()).then(|| format!("{}. {}: {shown}", at + 1, cell.field.label.get(lang)))
    };
    form.cells().iter().enumerate().filter_map(filled).collect()
}
