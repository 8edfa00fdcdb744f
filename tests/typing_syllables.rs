//! Every syllable of Vietnamese, typed in every way, and held against another engine.

mod keying;

use std::collections::HashSet;

use bamboo_core::{Config, InputMethod, Mode};
use keying::{Keys, PLACES, Places, TELEX, VNI, engine, type_keys};
use sohoi::vietnamese::syllable::{INITIALS, Letter, RHYMES, Tone, ToneStyle, is_vietnamese_word};
use sohoi::vietnamese::typing::{Restore, Settings};

/// All syllables the table spells, in lower case, with their tones as in the old style; of the new style only those it
/// writes differently.
fn syllables(style: ToneStyle) -> Vec<String> {
    let mut words = spelled(style);
    if style == ToneStyle::New {
        let old: HashSet<String> = spelled(ToneStyle::Old).into_iter().collect();
        words.retain(|word| !old.contains(word));
    }
    words
}

fn spelled(style: ToneStyle) -> Vec<String> {
    let mut out = Vec::new();
    for initial in INITIALS {
        for rhyme in RHYMES {
            for tone in Tone::ALL {
                out.extend(syllable(initial, rhyme, tone, style).filter(|word| is_vietnamese_word(word)));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

/// The tone's place told rhyme by rhyme, not by the rule the engine uses.
fn syllable(initial: &str, rhyme: &str, tone: Tone, style: ToneStyle) -> Option<String> {
    let first_of_two = [
        "ai", "ao", "au", "ay", "eo", "ia", "iu", "oi", "ua", "ui", "ưa", "ưi", "ưu", "êu", "âu", "ây", "ôi", "ơi",
    ];
    let second_of_two = ["uê", "uơ"];
    let place = match rhyme {
        "oa" | "oe" | "uy" => usize::from(style == ToneStyle::New),
        _ if first_of_two.contains(&rhyme) => 0,
        _ if second_of_two.contains(&rhyme) => 1,
        // Of more letters, the last vowel that is no glide behind another.
        _ => {
            let letters: Vec<Letter> = rhyme.chars().map(|c| Letter::parse(c).0).collect();
            let vowels = letters.iter().take_while(|letter| letter.is_vowel()).count();
            let glide = vowels == letters.len() && vowels > 1 && rhyme != "uê";
            vowels - 1 - usize::from(glide)
        }
    };
    if initial == "g" && rhyme.starts_with('i') && rhyme.chars().nth(1).is_some_and(|c| Letter::parse(c).0.is_vowel()) {
        return None; // gi + the rest of the rhyme
    }
    let toned = rhyme.chars().enumerate().map(|(i, c)| {
        if i == place {
            Letter::parse(c).0.with_tone(tone)
        } else {
            c
        }
    });
    Some(initial.chars().chain(toned).collect())
}

fn in_case(word: &str, case: usize) -> String {
    match case % 3 {
        0 => word.to_owned(),
        1 => {
            let mut chars = word.chars();
            chars
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(chars)
                .collect()
        }
        _ => word.to_uppercase(),
    }
}

#[test]
fn every_syllable_comes_of_its_keys_wherever_marks_and_tone_are_typed() {
    let mut typed = 0;
    let mut wrong = Vec::new();
    for style in [ToneStyle::Old, ToneStyle::New] {
        let words = syllables(style);
        assert!(
            words.len() > if style == ToneStyle::Old { 15_000 } else { 250 },
            "{}",
            words.len()
        );
        for keys in [&TELEX, &VNI] {
            let settings = Settings {
                tone_style: style,
                restore: Restore::On,
                ..Settings::default()
            };
            let mut engine = engine(keys.method, settings);
            for (i, word) in words.iter().enumerate() {
                for (j, places) in PLACES.into_iter().enumerate() {
                    let word = in_case(word, i + j);
                    let keys = keys.syllable(&word, places);
                    let text = type_keys(&mut engine, &(keys.clone() + " "));
                    typed += 1;
                    if text.trim_end() != word {
                        wrong.push(format!("{keys} {text}, not {word}"));
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {typed}\n{}",
        wrong.len(),
        wrong[..wrong.len().min(80)].join("\n")
    );
}

fn bamboo(keys: &Keys, style: ToneStyle) -> bamboo_core::Engine {
    let method = if keys.method == "telex" {
        InputMethod::telex()
    } else {
        InputMethod::vni()
    };
    bamboo_core::Engine::with_config(
        method,
        Config {
            std_tone_style: style == ToneStyle::Old,
            auto_correct: false,
            ..Config::default()
        },
    )
}

/// The other engine's answer to keys.
fn theirs(oracle: &mut bamboo_core::Engine, keys: &str) -> String {
    oracle.reset();
    oracle.process_str(keys, Mode::Vietnamese);
    oracle.output().into_owned()
}

#[test]
fn another_engine_agrees_on_every_syllable() {
    let mut differences = Vec::new();
    for style in [ToneStyle::Old, ToneStyle::New] {
        for keys in [&TELEX, &VNI] {
            let mut oracle = bamboo(keys, style);
            for word in syllables(style) {
                for places in PLACES {
                    let typed = keys.syllable(&word, places);
                    let theirs = theirs(&mut oracle, &typed);
                    if theirs != word {
                        differences.push(format!("{} {style:?} {typed}: {theirs}, ours {word}", keys.method));
                    }
                }
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{}\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// Whether the last key is a mark's or a tone's, not a letter's.
fn ends_in_mark_or_tone(keys: &Keys, word: &str, places: Places) -> bool {
    let more = |than: Places| keys.syllable(word, places) != keys.syllable(word, than);
    match places {
        Places::AtLetter => false,
        _ => more(Places::AtLetter),
    }
}

#[test]
fn another_engine_agrees_on_a_key_pressed_once_more() {
    let (mut compared, mut differences) = (0, Vec::new());
    for keys in [&TELEX, &VNI] {
        let mut oracle = bamboo(keys, ToneStyle::Old);
        let settings = Settings {
            restore: Restore::Off,
            ..Settings::default()
        };
        let mut ours = engine(keys.method, settings);
        for word in syllables(ToneStyle::Old) {
            for places in PLACES {
                let mut typed = keys.syllable(&word, places);
                let Some(last) = typed
                    .chars()
                    .last()
                    .filter(|_| ends_in_mark_or_tone(keys, &word, places))
                else {
                    continue;
                };
                typed.push(last);
                compared += 1;
                let (ours, theirs) = (type_keys(&mut ours, &typed), theirs(&mut oracle, &typed));
                if ours != theirs {
                    differences.push(format!("{} {typed}: {theirs}, ours {ours}", keys.method));
                }
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{}\n{}",
        differences.len(),
        differences.join("\n")
    );
    assert!(compared > 40_000, "{compared}");
}

/// With a stray key somewhere in the word the two engines do differ, always by design:
///
/// - in what can be no Vietnamese (`bxowng`, `scams`, `enlaf`) the other goes on composing, ours leaves letters alone, so
///   that English words need no restoring;
/// - Telex `w` is ư by itself with ours (`vwer`), a letter with the other's plain Telex;
/// - after a tone that the final forbids (`chieretj`) ours lets the next tone replace it, the other is stuck;
/// - after `nuowo`, `phuwoo` the other takes half of ươ back, ours turns the whole to uô.
///
/// So whatever the other makes of the keys, if it is Vietnamese, ours is the same.
#[test]
fn with_a_stray_key_ours_is_vietnamese_whenever_the_other_engine_is() {
    let (mut compared, mut differences) = (0, Vec::new());
    let mut random = 12_345_u64;
    for (keys, strays) in [(&TELEX, "sfrxjaeodz"), (&VNI, "1234567890")] {
        let mut oracle = bamboo(keys, ToneStyle::Old);
        let mut ours = engine(
            keys.method,
            Settings {
                restore: Restore::Off,
                ..Settings::default()
            },
        );
        for word in syllables(ToneStyle::Old) {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let mut typed: Vec<char> = keys.syllable(&word, Places::ToneLast).chars().collect();
            let stray = strays.as_bytes()[(random >> 33) as usize % strays.len()];
            typed.insert((random >> 45) as usize % (typed.len() + 1), char::from(stray));
            let typed: String = typed.into_iter().collect();
            let (ours, theirs) = (type_keys(&mut ours, &typed), theirs(&mut oracle, &typed));
            compared += 1;
            if ours != theirs && is_vietnamese_word(&theirs) {
                differences.push(format!("{} {typed}: {theirs}, ours {ours}", keys.method));
            }
        }
    }
    assert!(compared > 30_000, "{compared}");
    assert!(
        differences.is_empty(),
        "{}\n{}",
        differences.len(),
        differences.join("\n")
    );
}
