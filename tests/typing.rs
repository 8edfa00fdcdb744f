//! Typing Vietnamese, as a whole: the corpus, words of other languages, sentences, and what an officer may do to a word.

mod keying;

use keying::{PLACES, TELEX, VIQR, VNI, engine, type_keys};
use proptest::prelude::*;
use sohoi::vietnamese::syllable::ToneStyle;
use sohoi::vietnamese::typing::{
    Abbreviations, Brackets, Edit, Engine, METHODS, Method, Restore, Settings, hard_words,
};

#[test]
fn every_line_of_the_corpus_comes_out_as_expected() {
    let corpus = include_str!("data/typing_corpus.tsv");
    let mut wrong = Vec::new();
    let mut lines = 0;
    for line in corpus.lines().filter(|line| !line.starts_with("# ")) {
        let [method, tone, setting, keys, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five columns: {line}");
        };
        let settings = Settings {
            tone_style: if tone == "new" { ToneStyle::New } else { ToneStyle::Old },
            restore: if setting == "restore" {
                Restore::On
            } else {
                Restore::Off
            },
            brackets: if setting == "brackets" {
                Brackets::On
            } else {
                Brackets::Off
            },
            ..Settings::default()
        };
        let typed = type_keys(&mut engine(method, settings), keys);
        lines += 1;
        if typed != expected {
            wrong.push(format!("{method} {tone} {keys:?}: {typed:?}, expected {expected:?}"));
        }
    }
    assert!(lines > 17_000, "{lines}");
    assert!(wrong.is_empty(), "{} of {lines}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english_and_office_words_come_out_as_typed() {
    let words: Vec<&str> = include_str!("data/english_words.txt").lines().collect();
    assert!(words.len() > 600, "{}", words.len());
    for method in METHODS {
        let mut engine = engine(method, Settings::default());
        for word in &words {
            for end in [" ", ", ", ") "] {
                let keys = format!("{word}{end}");
                assert_eq!(type_keys(&mut engine, &keys), keys, "{method}");
            }
        }
    }
}

#[test]
fn every_hard_word_is_listed_with_keys_that_give_it() {
    for name in METHODS {
        let method = Method::builtin(name).unwrap();
        let mut engine = engine(name, Settings::default());
        for hard in hard_words(&method) {
            assert_ne!(
                type_keys(&mut engine, &format!("{} ", hard.word)),
                format!("{} ", hard.word)
            );
            assert_eq!(
                type_keys(&mut engine, &format!("{} ", hard.keys)),
                format!("{} ", hard.word)
            );
        }
    }
    let telex = hard_words(&Method::builtin("telex").unwrap());
    let keys = |word| {
        telex
            .iter()
            .find(|hard| hard.word == word)
            .map(|hard| hard.keys.clone())
    };
    assert_eq!(keys("test").as_deref(), Some("tesst"));
    assert_eq!(keys("pass").as_deref(), Some("passs"));
    assert_eq!(keys("office").as_deref(), Some("offfice"));
    let listed = include_str!("../keymaps/typing/hard-words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    assert_eq!(
        telex.len(),
        listed.count(),
        "a word of the list is not hard, or cannot be typed"
    );
    assert!(hard_words(&Method::builtin("vni").unwrap()).is_empty());
}

#[test]
fn no_sentence_has_a_word_restored_wrongly() {
    let sentences: Vec<&str> = include_str!("data/vietnamese_sentences.txt").lines().collect();
    assert!(sentences.len() >= 1_000, "{}", sentences.len());
    let mut wrong = Vec::new();
    for keys in [&TELEX, &VNI, &VIQR] {
        let hard = hard_words(&Method::builtin(keys.method).unwrap());
        let mut engine = engine(keys.method, Settings::default());
        for (i, sentence) in sentences.iter().enumerate() {
            let typed = keys.text(sentence, PLACES[i % PLACES.len()], &hard) + "\n";
            let text = type_keys(&mut engine, &typed);
            if text.trim_end() != expected_style(sentence) {
                wrong.push(format!("{} {typed}{text}{sentence}", keys.method));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// A sentence as the old tone style writes it.
fn expected_style(sentence: &str) -> String {
    let new = [
        "oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ",
    ];
    let old = [
        "òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy",
    ];
    let words = sentence.split_inclusive(|c: char| !c.is_alphabetic()).map(|word| {
        let end = word.trim_end_matches(|c: char| !c.is_alphabetic());
        for (new, old) in new.iter().zip(old) {
            for (new, old) in [
                ((*new).to_owned(), old.to_owned()),
                (new.to_uppercase(), old.to_uppercase()),
            ] {
                let bare = end.strip_suffix(&new).filter(|head| !head.ends_with(['q', 'Q']));
                if let Some(head) = bare {
                    return format!("{head}{old}{}", &word[end.len()..]);
                }
            }
            if end == new.to_uppercase() || end.to_lowercase() == *new {
                let first: String = old.chars().take(1).flat_map(char::to_uppercase).collect();
                return format!(
                    "{first}{}{}",
                    old.chars().skip(1).collect::<String>(),
                    &word[end.len()..]
                );
            }
        }
        word.to_owned()
    });
    words.collect()
}

/// Types keys with everything an officer may press: ⌫ Backspace, ↺ the restore key, ⏎ Enter.
fn press(engine: &mut Engine, keys: &str) -> String {
    let mut text = String::new();
    for key in keys.chars() {
        press_one(engine, key).apply(&mut text);
    }
    text
}

fn press_one(engine: &mut Engine, key: char) -> Edit {
    match key {
        '⌫' => engine.backspace(),
        '↺' => engine.restore_keys(),
        '⏎' => engine.enter(),
        _ => engine.key(key),
    }
}

/// Each line: keys, then the text they give with Telex, restore and abbreviations on.
fn check(cases: &[(&str, &str)]) {
    let abbreviations = Abbreviations::parse("htx = \"hợp tác xã\"\ntw = \"trung ương\"").unwrap();
    for (keys, expected) in cases {
        let settings = Settings {
            abbreviations: abbreviations.clone(),
            ..Settings::default()
        };
        assert_eq!(press(&mut engine("telex", settings), keys), *expected, "{keys}");
    }
}

#[test]
fn a_doubled_key_is_the_officers_decision() {
    check(&[
        ("tesst ", "test "),
        ("loss ", "los "),
        ("araaa", "ảaa"),
        ("booxxx.", "bôxx."),
        ("tasks ", "tasks "),
        ("reboot", "reboot"),
    ]);
}

#[test]
fn what_is_no_vietnamese_is_restored_at_every_kind_of_end() {
    check(&[
        ("windows⏎", "windows"),
        ("windows,", "windows,"),
        ("(windows)", "(windows)"),
        ("windows/expect", "windows/ẽpect"),
        ("thangs1 ", "tháng1 "),
        ("bootx⌫ ", "boot "),
        ("vieetj⏎", "việt"),
        ("cooc ", "cooc "),
    ]);
}

#[test]
fn names_and_abbreviations_with_d_are_never_mangled() {
    check(&[
        ("DDawks Lawks, ", "Đắk Lắk, "),
        ("Kroong Pawcs ", "Krông Pắc "),
        ("Kon Tum Pleiku Bawcs Kanj ", "Kon Tum Pleiku Bắc Kạn "),
        ("SDDT HDDND QDD-UBND 5 dd ", "SĐT HĐND QĐ-UBND 5 đ "),
        (
            "ngoawnf ngoeof khuyur quaju gooongf ngoaos tuyps xooong ",
            "ngoằn ngoèo khuỷu quạu goòng ngoáo tuýp xoong ",
        ),
        ("H'Moong M'Noong EE DDee ", "H'Mông M'Nông Ê Đê "),
    ]);
}

#[test]
fn typing_goes_on_with_a_word_when_the_space_behind_it_is_deleted() {
    check(&[
        ("tieeng ⌫s", "tiếng"),
        ("tieeng, ⌫⌫s", "tiếng"),
        ("hoaf ⌫n ", "hoàn "),
        ("xin chao a⌫⌫f", "xin chào"),
        ("xin a b⌫⌫", "xin a"),
        ("windows ⌫10 ", "windows10 "),
        ("text ⌫⌫⌫⌫⌫toots ", "tốt "),
        ("vieetj nam⌫⌫⌫⌫⌫n ", "viện "),
    ]);
}

#[test]
fn the_restore_key_goes_to_the_keys_and_back() {
    check(&[
        ("tieengs↺", "tieengs"),
        ("tieengs↺ ", "tieengs "),
        ("tieengs↺↺ ", "tiếng "),
        ("text ↺", "tẽt "),
        ("text, ↺↺", "text, "),
        ("Bjaw↺ ", "Bjă "),
        ("hoaf↺s", "hoafs"),
        ("↺", ""),
    ]);
}

#[test]
fn abbreviations_keep_their_case_and_backspace_takes_them_back() {
    check(&[
        ("htx ", "hợp tác xã "),
        ("Htx.", "Hợp tác xã."),
        ("HTX⏎", "HỢP TÁC XÃ"),
        ("htx ⌫", "htx "),
        ("htx ⌫mo", "htx mo"),
        ("htx ⌫⌫ ", "htx "),
        ("htx xanh⌫⌫⌫⌫⌫", "hợp tác xã"),
        ("htx x⌫⌫⌫as", "hợp tác xá"),
        ("htx, ⌫⌫f", "hợp tác xà"),
        ("windows–expect– ", "windows–expect– "),
        ("hTx htxa ", "hTx htxa "),
        ("tww ", "trung ương "),
    ]);
}

#[test]
fn backspace_deletes_a_letter_and_places_the_tone_anew() {
    check(&[
        ("toans⌫", "tóa"),
        ("hoaf⌫", "hò"),
        ("thuyr⌫a", "thủa"),
        ("dd⌫dd", "đ"),
        ("ass⌫s", "á"),
        ("aaa⌫⌫", ""),
    ]);
}

#[test]
fn a_word_the_cursor_comes_back_to_is_gone_on_with() {
    let resumed = |word: &str, keys: &str, style: ToneStyle| {
        let mut engine = engine(
            "telex",
            Settings {
                tone_style: style,
                ..Settings::default()
            },
        );
        let mut text = word.to_owned();
        engine.resume(word);
        for key in keys.chars() {
            press_one(&mut engine, key).apply(&mut text);
        }
        text
    };
    for (word, keys, expected) in [
        ("tiêng", "s ", "tiếng "),
        ("hoà", "n ", "hoàn "),
        ("hoà", "", "hoà"),
        ("Việt", "⌫n", "Viện"),
        ("đa", "d", "dad"),
        ("test", "ing ", "testing "),
        ("hoá", "s ", "hoas "),
        ("áá", "s⌫⌫", "á"),
        ("ở đo", "s", "ở đó"),
    ] {
        assert_eq!(resumed(word, keys, ToneStyle::New), expected, "{word} {keys}");
    }
}

#[test]
fn an_edit_touches_only_what_changes() {
    let mut engine = engine("telex", Settings::default());
    let edits: Vec<(usize, String)> = "tieengs"
        .chars()
        .map(|key| engine.key(key))
        .map(|e| (e.delete, e.insert))
        .collect();
    assert_eq!(edits[3], (1, "ê".to_owned()));
    assert_eq!(edits[6], (3, "ếng".to_owned()));
    assert_eq!(
        engine.key(' '),
        Edit {
            delete: 0,
            insert: " ".to_owned()
        }
    );
    engine.reset();
    assert_eq!(
        engine.backspace(),
        Edit {
            delete: 1,
            insert: String::new()
        }
    );
    assert!(engine.enter().is_empty() && engine.restore_keys().is_empty());
}

#[test]
fn a_method_of_ones_own_types_like_the_built_in_ones() {
    let source = include_str!("../keymaps/typing/vni.toml").replace("1 = \"sắc\"", "\";\" = \"sắc\"");
    let mut engine = Engine::new(Method::parse(&source).unwrap(), Settings::default());
    assert_eq!(type_keys(&mut engine, "tie6ng; Vie6t5 a1"), "tiếng Việt a1");
}

#[test]
fn viqr_takes_a_backslash_before_punctuation() {
    let mut engine = engine("viqr", Settings::default());
    assert_eq!(
        type_keys(&mut engine, "Bao nhie^u\\? Kho^ng ro~\\. A\\. "),
        "Bao nhiêu? Không rõ. A. "
    );
}

fn any_key() -> impl Strategy<Value = char> {
    prop_oneof![
        6 => prop::sample::select("aeiouydtnghcmpwsfrxjzAEOUDSWX".chars().collect::<Vec<_>>()),
        2 => prop::sample::select("0123456789[]{}'`?~.^(+*\\ ,-".chars().collect::<Vec<_>>()),
        1 => prop::sample::select("⌫↺⏎".chars().collect::<Vec<_>>()),
        1 => any::<char>().prop_filter("printable", |c| !c.is_control()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn any_keys_are_taken_and_no_edit_reaches_beyond_the_text(
        method in prop::sample::select(METHODS.to_vec()),
        keys in prop::collection::vec(any_key(), 0..80),
    ) {
        let settings = Settings { brackets: Brackets::On, abbreviations: Abbreviations::starter(), ..Settings::default() };
        let mut engine = engine(method, settings);
        let mut text = String::new();
        for key in keys {
            let edit = press_one(&mut engine, key);
            let length = text.chars().count();
            prop_assert!(edit.delete <= length + usize::from(key == '⌫' && length == 0), "{key:?} {edit:?} in {text:?}");
            edit.apply(&mut text);
            prop_assert!(text.ends_with(engine.word()), "{:?} does not end in {:?}", text, engine.word());
        }
    }

    #[test]
    fn backspace_as_often_as_there_are_letters_empties_the_text(
        method in prop::sample::select(METHODS.to_vec()),
        keys in "[a-zA-Z0-9\\[\\]'^+(?.]{0,20}",
    ) {
        let settings = Settings { brackets: Brackets::On, ..Settings::default() };
        let mut engine = engine(method, settings);
        let mut text = type_keys(&mut engine, &keys);
        for left in (0..text.chars().count()).rev() {
            engine.backspace().apply(&mut text);
            prop_assert_eq!(text.chars().count(), left);
        }
    }
}
