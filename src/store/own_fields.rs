//! The file of the office's own fields in the data folder. A file that is wrong is left as it is and never a reason not to
//! open: the program goes on with the built-in fields and says where the file is wrong; values entered before stay in
//! their records.

use std::path::Path;

use super::fault::StoreError;
use crate::domain::own_fields;
use crate::domain::schema::Schema;
use crate::domain::text::Message;

/// The file's name in the data folder.
pub const FILE: &str = "own-fields.toml";

/// The fields in force: the built-in ones, and the file's where it is there and right. What is wrong with it goes to the
/// notes.
///
/// # Errors
/// The file is there and cannot be read at all.
pub fn load(dir: &Path, notes: &mut Vec<Message>) -> Result<Schema, StoreError> {
    let path = dir.join(FILE);
    let text = match std::fs::read(&path) {
        Ok(bytes) => String::from_utf8(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Schema::builtin()),
        Err(error) => return Err(StoreError::io(&path, error)),
    };
    let read = match text {
        Ok(text) => own_fields::read(&text),
        Err(error) => Err(own_fields::Fault {
            line: error.as_bytes()[..error.utf8_error().valid_up_to()]
                .split(|byte| *byte == b'\n')
                .count(),
            why: Message::new("chữ không phải Unicode (UTF-8)", "the letters are not UTF-8"),
        }),
    };
    Ok(read.unwrap_or_else(|fault| {
        let own_fields::Fault { line, why } = fault;
        notes.push(Message::new(
            format!(
                "Tệp trường riêng {FILE} sai ở dòng {line}: {}. Chương trình chạy với các trường có sẵn; số liệu đã nhập vẫn còn. Sửa tệp rồi mở lại.",
                why.vi
            ),
            format!(
                "The file of own fields {FILE} is wrong at line {line}: {}. The program goes on with the built-in fields, what was entered is kept. Mend the file and start again.",
                why.en
            ),
        ));
        Schema::builtin()
    }))
}
