//! The order of texts is held against the Unicode collation for Vietnamese.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sohoi::vietnamese::collate::{compare, sort_key};
use unicode_normalization::UnicodeNormalization;

fn unicode_vi() -> CollatorBorrowed<'static> {
    let locale: Locale = "vi".parse().unwrap();
    Collator::try_new(locale.into(), CollatorOptions::default()).unwrap()
}

/// Draws pairs of texts and compares our order of each, and that of its keys, with the oracle.
fn agrees(cases: u32, texts: impl Strategy<Value = (String, String)>) {
    let oracle = unicode_vi();
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&texts, |(a, b)| {
            let expected = oracle.compare(&a, &b);
            prop_assert_eq!(compare(&a, &b), expected, "{:?} {:?}", a, b);
            prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), expected);
            Ok(())
        })
        .unwrap();
}

/// Words of few letters, so that ties on the first and second level are common.
const NEAR: &str = "[aAàÀảãáạăắặâấậdDđĐeêếệoôơờợuưữ bB-]{0,5}";

/// Whatever an office writes.
const WIDE: &str = "[a-zA-Z0-9àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ \t.,;:!?'\"()\\[\\]{}/\\\\&%#@*+=<>_|~^`$–—…‘’“”«»°€₫§éñçüöäðøłåčšžñÑÇÜ\u{A0}\u{AD}\u{200B}\u{2011}-]{0,12}";

/// Letters and loose combining marks in any order.
const LOOSE: &str = "[aAoOuUeEdx \u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31B}\u{323}\u{308}\u{327}]{0,7}";

#[test]
fn near_texts_agree_with_the_unicode_collation() {
    agrees(20_000, (NEAR, NEAR));
}

#[test]
fn texts_of_every_usual_character_agree_with_the_unicode_collation() {
    agrees(20_000, (WIDE, WIDE));
    agrees(
        5_000,
        (NEAR, WIDE).prop_map(|(start, end)| (format!("{start}{end}"), start)),
    );
}

#[test]
fn loose_and_decomposed_marks_agree_with_the_unicode_collation() {
    agrees(20_000, (LOOSE, LOOSE));
    agrees(5_000, (NEAR, NEAR).prop_map(|(a, b)| (a.nfd().collect(), b)));
}

#[test]
fn a_sorted_list_is_the_one_the_unicode_collation_makes() {
    let oracle = unicode_vi();
    let names = [
        "Đông", "Dong", "Đồng", "dong", "Ông", "Oanh", "Ơn", "Âu", "Ánh", "An", "Ân", "Ăn", "Y", "Ý", "Xá 10", "Xá 9",
    ];
    let mut ours = names;
    let mut theirs = names;
    ours.sort_by(|a, b| compare(a, b));
    theirs.sort_by(|a, b| oracle.compare(a, b));
    assert_eq!(ours, theirs);
    assert_eq!(compare("Đông", "Đo\u{302}ng"), Ordering::Equal);
}
