//! `sohoi check --terminal`: what the program takes this window for, every letter it may have to show, and what to do
//! where one of them is missing. It opens no logbook.

use std::io::Write;

use super::Answer;
use super::failure::Failure;
use crate::domain::text::{Lang, Text};
use crate::ui::term::capability::Capability;
use crate::ui::theme::{Charset, Depth, Signs};

/// The vowels without tone.
const VOWELS: [&str; 12] = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"];
/// The tones, as marks to put on a vowel: none, huyền, hỏi, ngã, sắc, nặng.
const TONES: [&str; 6] = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];

/// What to do, by the kind of window.
const ADVICE: [Text; 6] = [
    Text::new(
        "Màn hình chữ của Linux (không có cửa sổ): sudo dpkg-reconfigure console-setup, chọn UTF-8, bộ chữ Vietnamese, phông Fixed, cỡ 8x16 hoặc 8x18. Phông Terminus và cỡ 8x14 thiếu chữ Việt.",
        "The bare Linux console: sudo dpkg-reconfigure console-setup; choose UTF-8, the codeset Vietnamese, the font Fixed, size 8x16 or 8x18. Terminus and size 8x14 lack Vietnamese letters.",
    ),
    Text::new(
        "Hoặc ghi vào /etc/default/console-setup: CODESET=\"Vietnamese\" FONTFACE=\"Fixed\" FONTSIZE=\"8x16\", rồi chạy: sudo setupcon",
        "Or write into /etc/default/console-setup: CODESET=\"Vietnamese\" FONTFACE=\"Fixed\" FONTSIZE=\"8x16\", then run: sudo setupcon",
    ),
    Text::new(
        "Windows: bấm chuột phải lên thanh tiêu đề, Properties, Font, chọn Cascadia Mono, Consolas hoặc Courier New; tránh Raster Fonts. Tốt nhất là dùng Windows Terminal.",
        "Windows: right-click the title bar, Properties, Font, choose Cascadia Mono, Consolas or Courier New, not Raster Fonts. Windows Terminal is best.",
    ),
    Text::new(
        "Chữ ra dấu hỏi hoặc hai ký tự lạ: đặt ngôn ngữ dùng UTF-8, ví dụ export LANG=vi_VN.UTF-8 hoặc LANG=C.UTF-8.",
        "Question marks or two odd signs for a letter: use a UTF-8 locale, export LANG=vi_VN.UTF-8 or LANG=C.UTF-8 say.",
    ),
    Text::new(
        "Trong tmux hoặc screen: mở bằng tmux -u hoặc screen -U.",
        "Inside tmux or screen: begin them with tmux -u or screen -U.",
    ),
    Text::new(
        "Không sửa được thì vẫn làm việc được từng dòng một: sohoi --plain.",
        "Where nothing helps, one can still work line by line: sohoi --plain.",
    ),
];

/// Prints it.
///
/// # Errors
/// Standard output's.
pub fn run(lang: Lang, out: &mut Answer) -> Result<(), Failure> {
    let terminal = Capability::detect();
    let term = std::env::var("TERM").unwrap_or_default();
    writeln!(out, "{}", taken_for(terminal, &term, lang))?;
    writeln!(out)?;
    let letters = Text::new(
        "Chữ Việt: mỗi dòng một nguyên âm, sáu thanh, chữ thường rồi chữ hoa:",
        "The Vietnamese letters: a vowel a line, six tones, small and capital:",
    );
    writeln!(out, "{}", letters.get(lang))?;
    for line in sample() {
        writeln!(out, "  {line}")?;
    }
    writeln!(out, "  đ Đ   {}", signs(terminal.charset))?;
    writeln!(out)?;
    let missing = Text::new(
        "Nếu có chữ thành ô vuông, dấu hỏi, hay mất dấu:",
        "Where a letter is a box, a question mark, or without its mark:",
    );
    writeln!(out, "{}", missing.get(lang))?;
    for advice in ADVICE {
        writeln!(out, "- {}", advice.get(lang))?;
    }
    Ok(())
}

/// Every vowel with every tone, composed: the form in which the program writes them.
fn sample() -> Vec<String> {
    let line = |vowel: &&str| {
        let composed = |tone: &str| crate::vietnamese::fold::nfc(&format!("{vowel}{tone}")).into_owned();
        let small: Vec<String> = TONES.iter().map(|tone| composed(tone)).collect();
        let capital: Vec<String> = small.iter().map(|letter| letter.to_uppercase()).collect();
        format!("{}   {}", small.join(" "), capital.join(" "))
    };
    VOWELS.iter().map(line).collect()
}

/// The lines and signs that this window is given.
fn signs(charset: Charset) -> String {
    let signs = Signs::of(charset);
    let line = signs.horizontal.repeat(3);
    let [left, right, ..] = signs.corners;
    format!(
        "{left}{line}{right} {} {} {} {} {} {} {}",
        signs.vertical, signs.pointer, signs.yes, signs.mark, signs.star, signs.bar[1], signs.ellipsis
    )
}

fn taken_for(terminal: Capability, term: &str, lang: Lang) -> String {
    let colours = match terminal.depth {
        Depth::Mono => Text::new("không màu", "no colours"),
        Depth::Sixteen => Text::new("16 màu", "16 colours"),
        Depth::Indexed => Text::new("256 màu", "256 colours"),
        Depth::True => Text::new("đủ màu", "true colours"),
    };
    let letters = match terminal.charset {
        Charset::Unicode => Text::new("đủ ký hiệu Unicode", "all Unicode signs"),
        Charset::Console => Text::new("phông nhỏ 512 chữ", "a small font of 512 signs"),
        Charset::Ascii => Text::new("khung bằng ký hiệu ASCII", "ASCII lines and signs"),
    };
    let window = Text::new("Cửa sổ này", "This window").get(lang);
    let term = if term.is_empty() { "-" } else { term };
    format!("{window}: TERM={term}, {}, {}.", colours.get(lang), letters.get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_has_every_letter_composed_and_each_once() {
        let mut letters: Vec<char> = sample().concat().chars().filter(|c| *c != ' ').collect();
        assert_eq!(letters.len(), 144);
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), 144);
        assert!(letters.contains(&'ặ') && letters.contains(&'Ỹ') && letters.contains(&'ữ'));
    }
}
