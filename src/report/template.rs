//! An office's own form, filled in: a docx or xlsx file in which `{{NAME}}` stands where a figure or a text belongs.
//!
//! The file is kept as it is but for those places. Word parts a text into runs as it likes, so a name may be spread over
//! several of them; what is put in its place takes the look of the first. A cell that holds nothing but a name becomes a
//! number that the sheet can count with.

mod places;
mod sheet;

use std::collections::BTreeSet;

use super::package;
use crate::domain::text::Message;
use places::Markup;

/// What stands in the place of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// A figure: a number in a sheet, written with points in a text.
    Number(i64),
    /// Words; each line end begins a new line.
    Text(String),
}

impl Filled {
    fn text(&self) -> String {
        match self {
            Filled::Number(number) => crate::vietnamese::number::format_count(*number),
            Filled::Text(text) => text.clone(),
        }
    }
}

/// Why a form was not filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// It is no docx and no xlsx file, or it is damaged.
    NotAForm,
    /// Names that mean nothing.
    Unknown(BTreeSet<String>),
    /// The filled file could not be put together.
    NotWritten(String),
}

impl FormError {
    /// What happened and what to do; nothing was written.
    pub fn message(&self) -> Message {
        match self {
            FormError::NotAForm => Message::new(
                "Mẫu không phải là tệp docx hoặc xlsx đọc được. Chưa ghi gì. Hãy mở mẫu và lưu lại dạng .docx hoặc .xlsx.",
                "The form is no docx or xlsx file that can be read. Nothing was written. Save it as .docx or .xlsx.",
            ),
            FormError::Unknown(names) => {
                let names: Vec<String> = names.iter().map(|name| format!("{{{{{name}}}}}")).collect();
                let names = names.join(", ");
                Message::new(
                    format!("Mẫu có chỗ ghi không có trong báo cáo: {names}. Chưa ghi gì. Hãy sửa lại trong mẫu."),
                    format!(
                        "The form has names that the report does not know: {names}. Nothing was written. Mend them in the form."
                    ),
                )
            }
            FormError::NotWritten(why) => Message::new(
                format!("Không ghép lại được tệp mẫu: {why}. Chưa ghi gì."),
                format!("The form could not be put together again: {why}. Nothing was written."),
            ),
        }
    }
}

/// Fills in a form: the bytes of the file, and what each name stands for.
///
/// # Errors
/// No form, names that are not known, or a file that cannot be put together.
pub fn fill(form: &[u8], value: &dyn Fn(&str) -> Option<Filled>) -> Result<Vec<u8>, FormError> {
    let mut parts = package::read(form).ok_or(FormError::NotAForm)?;
    let is_sheet = parts.iter().any(|part| part.name == "xl/workbook.xml");
    if !is_sheet && !parts.iter().any(|part| part.name == "word/document.xml") {
        return Err(FormError::NotAForm);
    }
    let mut unknown = BTreeSet::new();
    let mut known = |name: &str| {
        let found = value(name);
        if found.is_none() {
            unknown.insert(name.to_string());
        }
        found
    };
    if is_sheet {
        sheet::fill(&mut parts, &mut known)?;
    } else {
        for part in parts.iter_mut().filter(|part| is_text(&part.name)) {
            part.rewrite(|xml| places::fill(xml, Markup::Word, &mut known))
                .ok_or(FormError::NotAForm)?;
        }
    }
    match unknown.is_empty() {
        true => package::write(&parts).map_err(|error| FormError::NotWritten(error.to_string())),
        false => Err(FormError::Unknown(unknown)),
    }
}

/// The parts of a Word file that hold text.
fn is_text(name: &str) -> bool {
    let Some(name) = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")) else {
        return false;
    };
    ["document", "header", "footer", "footnotes", "endnotes"]
        .iter()
        .any(|kind| name.starts_with(kind))
}

#[cfg(test)]
mod tests;
