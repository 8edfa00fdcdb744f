//! A [`Doc`] as a Word document: A4, Times New Roman, the layout of Nghị định 30/2020/NĐ-CP.
//!
//! The text and the styles are written here ([`markup`], [`styles`]), and so are the few parts around them that tell a
//! program what lies where (ECMA-376 part 2, Open Packaging Conventions).

mod markup;
mod parts;
mod styles;
mod table;

use super::doc::{Annex, Block, Depth, Doc, Face, Letterhead, Level, MOTTO, NATION, Run};
use super::doc::{Signature, Title};
use super::error::ReportError;
use super::metrics::{balanced, bold_width};
use super::package::{self, Part};
use markup::{
    Join, Keep, Lines, Numbering, RowKind, Stand, cell, escape, gap, paragraph, paragraph_of, paragraph_of_runs,
};
use markup::{row, rule, run, section, section_break, table_open, text_width};
use styles::Style;

const DOCUMENT_OPEN: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#,
);
/// The share of the text's width that the left column of the letterhead takes, in percent.
const LEFT_COLUMN: u32 = 40;

/// The bytes of the docx file.
///
/// # Errors
/// When the archive cannot be put together; what a text holds is never a reason.
pub fn write(doc: &Doc) -> Result<Vec<u8>, ReportError> {
    let parts = [
        Part::new("[Content_Types].xml", parts::CONTENT_TYPES),
        Part::new("_rels/.rels", parts::PACKAGE_RELATIONS),
        Part::new("docProps/core.xml", core_properties(doc)),
        Part::new("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
        Part::new("word/document.xml", body(doc)),
        Part::new("word/styles.xml", styles::styles_xml()),
        Part::new("word/settings.xml", parts::SETTINGS),
        Part::new("word/fontTable.xml", parts::FONTS),
        Part::new("word/header1.xml", page_number()),
    ];
    package::write(&parts).map_err(|error| ReportError::Docx(error.to_string()))
}

fn body(doc: &Doc) -> String {
    let width = text_width(doc.orientation);
    let mut xml = String::from(DOCUMENT_OPEN);
    if let Some(head) = &doc.letterhead {
        xml.push_str(&letterhead(head, width));
    }
    xml.push_str(&title(&doc.title, width));
    for (i, receiver) in doc.addressees.iter().enumerate() {
        let text = if i == 0 {
            format!("Kính gửi: {receiver}")
        } else {
            receiver.clone()
        };
        xml.push_str(&paragraph(Style::Addressee, &text));
    }
    let end = if doc.signature.is_some() {
        Keep::WithNext
    } else {
        Keep::Free
    };
    xml.push_str(&blocks(&doc.closed_blocks(), width, end));
    if let Some(signed) = &doc.signature {
        xml.push_str(&signature(signed, width));
    }
    let mut last = section(doc.orientation, Numbering::FromSecondPage);
    for part in &doc.annexes {
        end_section(&mut xml, &last);
        xml.push_str(&annex(part, doc.attached_to().as_deref()));
        last = section(part.orientation, Numbering::EveryPage);
    }
    end_section(&mut xml, "");
    xml.push_str(&last);
    xml.push_str("</w:body></w:document>");
    xml
}

/// The break takes the place of the gap behind a last table.
fn end_section(xml: &mut String, section: &str) {
    let gap = gap();
    if xml.ends_with(&gap) {
        xml.truncate(xml.len() - gap.len());
    } else if section.is_empty() {
        return;
    }
    xml.push_str(&section_break(section));
}

fn letterhead(head: &Letterhead, width: u32) -> String {
    let left = width * LEFT_COLUMN / 100;
    let right = width - left;
    let mut ours = String::new();
    for line in &head.superior {
        ours.push_str(&paragraph(Style::Superior, line));
    }
    let issuer = balanced(&head.issuer, Style::Issuer.points(), left);
    ours.push_str(&paragraph(Style::Issuer, &issuer.join("\n")));
    let issuer = issuer
        .iter()
        .map(|line| bold_width(line, Style::Issuer.points()))
        .max()
        .unwrap_or(0)
        .min(left);
    ours.push_str(&rule(issuer * 2 / 5, left));
    ours.push_str(&paragraph(Style::Number, &head.number_line()));
    let mut nation = paragraph(Style::Nation, NATION) + &paragraph(Style::Motto, MOTTO);
    nation.push_str(&rule(bold_width(MOTTO, Style::Motto.points()), right));
    nation.push_str(&paragraph(Style::PlaceDate, &head.place_and_date()));
    let cells = cell(left, Join::Alone, Stand::Top, &ours) + &cell(right, Join::Alone, Stand::Top, &nation);
    table_open(&[left, right], Lines::None) + &row(RowKind::Body, &cells) + "</w:tbl>"
}

fn title(title: &Title, width: u32) -> String {
    let mut xml = paragraph(Style::Kind, &title.kind);
    for line in &title.subject {
        xml.push_str(&paragraph(Style::Subject, line));
    }
    if let Some(last) = title.subject.last() {
        let last = bold_width(last, Style::Subject.points()).min(width);
        xml.push_str(&rule(last * 2 / 5, width));
    }
    for line in &title.period {
        xml.push_str(&paragraph(Style::Period, line));
    }
    xml + &gap()
}

/// The pieces of a body one after another; `end` says whether the last of them goes with what follows.
fn blocks(blocks: &[Block], width: u32, end: Keep) -> String {
    let mut xml = String::new();
    let last = blocks.len().saturating_sub(1);
    for (i, piece) in blocks.iter().enumerate() {
        xml.push_str(&block(piece, width, if i == last { end } else { Keep::Free }));
    }
    xml
}

fn block(block: &Block, width: u32, keep: Keep) -> String {
    let marked = |marker: &str, runs: &[Run]| [&[Run::plain(marker)], runs].concat();
    match block {
        Block::Heading { level, text } => paragraph(heading_style(*level), text),
        Block::Paragraph(runs) => paragraph_of_runs(Style::Body, keep, runs),
        Block::Bullet {
            depth: Depth::First,
            runs,
        } => paragraph_of_runs(Style::Bullet, keep, &marked("- ", runs)),
        Block::Bullet {
            depth: Depth::Second,
            runs,
        } => paragraph_of_runs(Style::SubBullet, keep, &marked("+ ", runs)),
        Block::Table(t) => table::table(t, width) + &gap(),
        Block::Facts(facts) => table::facts(facts, width) + &gap(),
        Block::Note(text) => paragraph(Style::Note, text),
    }
}

fn heading_style(level: Level) -> Style {
    match level {
        Level::Part => Style::Part,
        Level::Section => Style::Section,
        Level::Item => Style::Item,
    }
}

fn signature(signed: &Signature, width: u32) -> String {
    let left = width / 2;
    let right = width - left;
    let mut receivers = String::new();
    if !signed.recipients.is_empty() {
        receivers.push_str(&paragraph(Style::RecipientsHead, "Nơi nhận:"));
    }
    for line in signed.recipient_lines() {
        receivers.push_str(&paragraph(Style::Recipients, &line));
    }
    if receivers.is_empty() {
        receivers = gap();
    }
    let mut signer = String::new();
    for line in signed.authority.iter().chain([&signed.post]) {
        signer.push_str(&paragraph(Style::Authority, line));
    }
    // Room for the pen and the seal.
    signer.push_str(&paragraph(Style::Authority, "").repeat(4));
    signer.push_str(&paragraph(Style::Name, &signed.name));
    let cells = cell(left, Join::Alone, Stand::Top, &receivers) + &cell(right, Join::Alone, Stand::Top, &signer);
    // The signature never stands alone on a page: the last words go with it.
    paragraph_of_runs(Style::Gap, Keep::WithNext, &[])
        + &table_open(&[left, right], Lines::None)
        + &row(RowKind::Body, &cells)
        + "</w:tbl>"
        + &gap()
}

fn annex(annex: &Annex, attached: Option<&str>) -> String {
    let mut xml = paragraph(Style::Subject, &annex.label) + &paragraph(Style::Subject, &annex.title);
    if let Some(attached) = attached {
        xml.push_str(&paragraph(Style::Period, attached));
    }
    xml.push_str(&gap());
    xml + &blocks(&annex.blocks, text_width(annex.orientation), Keep::Free)
}

/// The page's number at the top centre: the only thing in the header.
fn page_number() -> String {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let runs = field("begin")
        + r#"<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>"#
        + &field("separate")
        + &run("2", Face::Plain)
        + &field("end");
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>"#,
        paragraph_of(Style::PageNumber, &runs)
    )
}

fn core_properties(doc: &Doc) -> String {
    let made = doc.made.format("%Y-%m-%dT%H:%M:%SZ");
    let subject = [doc.title.kind.as_str()]
        .into_iter()
        .chain(doc.title.subject.iter().map(String::as_str));
    let subject = subject.collect::<Vec<_>>().join(" - ");
    let issuer = doc.letterhead.as_ref().map_or("", |head| head.issuer.as_str());
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
            r#"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" "#,
            r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>"#,
            r#"<dc:language>vi-VN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>"#,
            r#"<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified></cp:coreProperties>"#
        ),
        escape(&super::printable::one_line(&subject)),
        escape(&super::printable::one_line(issuer)),
        made = made
    )
}

#[cfg(test)]
mod tests;
