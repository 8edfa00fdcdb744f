//! Any text, taken for words in an old encoding: whatever it is read as is Unicode in NFC, and reads the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sohoi::vietnamese::fold::nfc;
use sohoi::vietnamese::legacy::{Encoding, convert, detect_with_hint};

fuzz_target!(|given: (u8, &str)| {
    let (choice, text) = given;
    let hint = Encoding::ALL[usize::from(choice) % Encoding::ALL.len()];
    let guess = detect_with_hint(text, hint);
    assert_eq!(guess.text, nfc(&guess.text));
    assert!(guess.confidence() <= 100);
    for encoding in Encoding::ALL {
        let read = convert(text, encoding);
        assert_eq!(read, nfc(&read));
    }
});
