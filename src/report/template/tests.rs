//! Forms as an office makes them, filled in and read back.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Filled, FormError, fill};

fn form(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn known(name: &str) -> Option<Filled> {
    match name {
        "HTX_NEW.year" => Some(Filled::Number(1234)),
        "unit" => Some(Filled::Text("Xã A & B".into())),
        "text.next" => Some(Filled::Text("một\nhai".into())),
        _ => None,
    }
}

#[test]
fn a_name_spread_over_runs_is_filled_in_where_it_begins() {
    let xml = "<w:p><w:r><w:t>HTX: {{HTX</w:t></w:r><w:r><w:t>_NEW.ye</w:t></w:r><w:r><w:t>ar}} HTX</w:t></w:r></w:p>";
    let filled = fill(&form(&[("word/document.xml", xml)]), &known).unwrap();
    assert_eq!(
        part(&filled, "word/document.xml"),
        "<w:p><w:r><w:t xml:space=\"preserve\">HTX: 1.234</w:t></w:r><w:r><w:t xml:space=\"preserve\"></w:t></w:r>\
         <w:r><w:t xml:space=\"preserve\"> HTX</w:t></w:r></w:p>"
    );
}

#[test]
fn braces_of_two_paragraphs_are_no_name_and_the_rest_stays_to_the_letter() {
    let xml = "<w:p><w:r><w:t>{{unit</w:t></w:r></w:p><w:p><w:r><w:t>}} &amp; {{ unit }}</w:t></w:r></w:p><w:sectPr/>";
    let bytes = form(&[("word/document.xml", xml), ("word/media/logo.png", "\u{89}PNG")]);
    let filled = fill(&bytes, &known).unwrap();
    assert_eq!(
        part(&filled, "word/document.xml"),
        "<w:p><w:r><w:t>{{unit</w:t></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">}} &amp; Xã A &amp; B</w:t></w:r></w:p>\
         <w:sectPr/>"
    );
    assert_eq!(part(&filled, "word/media/logo.png"), "\u{89}PNG");
}

#[test]
fn lines_of_a_text_are_lines_in_the_document() {
    let xml = "<w:p><w:r><w:t>{{text.next}}</w:t></w:r></w:p>";
    let filled = part(
        &fill(&form(&[("word/document.xml", xml)]), &known).unwrap(),
        "word/document.xml",
    );
    assert!(
        filled.contains("một</w:t><w:br/><w:t xml:space=\"preserve\">hai"),
        "{filled}"
    );
}

#[test]
fn a_cell_that_is_a_name_alone_becomes_a_number_and_formulas_count_anew() {
    let shared =
        "<sst><si><t>Đơn vị: {{unit}}</t></si><si/><si><r><t>{{HTX_</t></r><r><t>NEW.year}}</t></r></si></sst>";
    let sheet = "<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"4\" t=\"s\"><v>2</v></c>\
        <c r=\"C1\" t=\"inlineStr\"><is><t>{{HTX_NEW.year}}</t></is></c><c r=\"D1\"><f>B1*2</f><v>0</v></c><cols/>";
    let bytes = form(&[
        (
            "xl/workbook.xml",
            "<workbook><sheets/></sheets><calcPr calcId=\"1\"/></workbook>",
        ),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let filled = fill(&bytes, &known).unwrap();
    assert!(part(&filled, "xl/sharedStrings.xml").contains("Đơn vị: Xã A &amp; B"));
    assert_eq!(
        part(&filled, "xl/worksheets/sheet1.xml"),
        "<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"4\"><v>1234</v></c><c r=\"C1\"><v>1234</v></c>\
         <c r=\"D1\"><f>B1*2</f><v>0</v></c><cols/>"
    );
    assert!(part(&filled, "xl/workbook.xml").contains("<calcPr fullCalcOnLoad=\"1\" calcId"));
}

#[test]
fn names_that_are_not_known_are_all_told_and_nothing_is_written() {
    let xml = "<w:p><w:t>{{HTX_NEW.yaer}} {{unit}} {{abc}}</w:t></w:p>";
    let refused = fill(&form(&[("word/document.xml", xml)]), &known).unwrap_err();
    assert_eq!(
        refused,
        FormError::Unknown(["HTX_NEW.yaer".to_string(), "abc".to_string()].into())
    );
    assert!(refused.message().vi.contains("{{HTX_NEW.yaer}}, {{abc}}"));
}

#[test]
fn what_is_no_form_is_refused() {
    assert_eq!(fill(b"BM not an archive", &known).unwrap_err(), FormError::NotAForm);
    assert_eq!(
        fill(&form(&[("a.txt", "{{unit}}")]), &known).unwrap_err(),
        FormError::NotAForm
    );
}
