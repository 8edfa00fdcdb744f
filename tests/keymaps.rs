//! Keymap files: those that are shipped pass their own check, and what cannot work is refused with its line.

use sohoi::domain::text::Lang;
use sohoi::ui::action::Action;
use sohoi::ui::keymap::load::Source;
use sohoi::ui::keymap::{Context, Keymap, Shipped};

/// Bad files over the default keymap, each with the lines at fault and a word of each reason.
const BAD: &[(&str, &[(usize, &str)])] = &[
    // What cannot be read.
    ("[form]\nctrl-s = \n", &[(2, "cannot be read")]),
    ("[form\nctrl-e = \"save\"\n", &[(1, "cannot be read")]),
    (
        "[form]\nctrl-e = \"save\"\nctrl-e = \"undo\"\n",
        &[(3, "cannot be read")],
    ),
    ("[form]\nctrl-e = save\n", &[(2, "cannot be read")]),
    ("[form]\nctrl-e = 5\n", &[(2, "action's name in quotes")]),
    ("[form]\nctrl-e = [\"save\"]\n", &[(2, "action's name in quotes")]),
    ("ctrl-e = \"save\"\n", &[(1, "outside every table")]),
    ("base = \"emacs\"\n", &[(1, "base must be")]),
    ("base = 3\n", &[(1, "base must be")]),
    // Names that nobody knows.
    ("[form]\nctrl-e = \"sav\"\n", &[(2, "did you mean save")]),
    ("[form]\nctrl-e = \"Save\"\n", &[(2, "no action")]),
    ("[froms]\nctrl-e = \"save\"\n", &[(1, "no context [froms]")]),
    ("[form.text]\nctrl-e = \"save\"\n", &[(1, "")]),
    ("[form]\nctl-e = \"save\"\n", &[(2, "no key")]),
    ("[form]\nf13 = \"save\"\n", &[(2, "no key")]),
    ("[form]\n\"\" = \"save\"\n", &[(2, "key is missing")]),
    ("[form]\n\"f6 enterr\" = \"save\"\n", &[(2, "no key")]),
    // One key twice.
    (
        "[form]\nctrl-e = \"save\"\n\"^E\" = \"undo\"\n",
        &[(3, "already stands in line 2")],
    ),
    (
        "[form]\nf6 = \"save\"\nF6 = \"save\"\n",
        &[(3, "already stands in line 2")],
    ),
    (
        "[table]\nshift-p = \"mark\"\nP = \"mark-all\"\n",
        &[(3, "already stands in line 2")],
    ),
    // A prefix that swallows.
    ("[form]\nf6 = \"save\"\n\"f6 s\" = \"undo\"\n", &[(3, "swallows")]),
    ("[table]\ng = \"open\"\n", &[(2, "swallows")]),
    ("[form]\nctrl-g = \"go-field\"\n", &[(2, "swallows")]),
    ("[global]\n\"f3 a\" = \"messages\"\n", &[(2, "swallows")]),
    // Printable keys where text is typed.
    ("[form]\na = \"save\"\n", &[(2, "must type its letter")]),
    ("[lookup]\n\"?\" = \"help\"\n", &[(2, "must type its letter")]),
    ("[global]\nq = \"quit\"\n", &[(2, "must type its letter")]),
    (
        "[text]\nspace = \"accept-suggestion\"\n",
        &[(2, "must type its letter")],
    ),
    ("[attendance]\n\"+\" = \"add-row\"\n", &[(2, "must type its letter")]),
    ("[form]\n\"d d\" = \"ditto-field\"\n", &[(2, "must type its letter")]),
    ("[form]\n1 = \"save\"\n", &[(2, "VNI")]),
    ("[picker]\n9 = \"open-list\"\n", &[(2, "VNI")]),
    // Keys no terminal can tell apart.
    ("[form]\nctrl-i = \"save\"\n", &[(2, "Tab")]),
    ("[form]\nctrl-m = \"save\"\n", &[(2, "Enter")]),
    ("[form]\nctrl-j = \"save\"\n", &[(2, "Enter")]),
    ("[form]\nctrl-h = \"save\"\n", &[(2, "Backspace")]),
    ("[form]\n\"ctrl-[\" = \"save\"\n", &[(2, "Esc")]),
    ("[form]\n\"ctrl-@\" = \"save\"\n", &[(2, "Ctrl-Space")]),
    ("[form]\nctrl-shift-s = \"save\"\n", &[(2, "Ctrl without Shift")]),
    ("[form]\nctrl-enter = \"save\"\n", &[(2, "Enter")]),
    ("[form]\n\"alt-[\" = \"save\"\n", &[(2, "arrow or function key")]),
    ("[form]\n\"esc x\" = \"save\"\n", &[(2, "")]),
    // Keys that somebody else takes.
    ("[form]\nctrl-space = \"save\"\n", &[(2, "ibus")]),
    ("[form]\nalt-z = \"undo\"\n", &[(2, "UniKey")]),
    ("[form]\nalt-tab = \"undo\"\n", &[(2, "window switcher")]),
    ("[form]\nalt-f4 = \"undo\"\n", &[(2, "the system")]),
    ("[form]\nctrl-alt-t = \"undo\"\n", &[(2, "Ctrl-Alt")]),
    (
        "[form]\nctrl-s = \"none\"\nalt-s = \"none\"\nf10 = \"save\"\n",
        &[(4, "has only F10")],
    ),
    ("[text]\nalt-c = \"none\"\n", &[(2, "has only ^C")]),
    (
        "[text]\nalt-v = \"none\"\nshift-insert = \"none\"\n",
        &[(3, "has only ^V")],
    ),
    ("[text]\nalt-a = \"none\"\n", &[(2, "has only ^A")]),
    (
        "[palette]\nenter = \"none\"\nf11 = \"accept\"\n",
        &[(3, "has only F11")],
    ),
    // Tone letters and Backspace where no text is typed.
    ("[table]\ns = \"sort\"\n", &[(2, "tone key")]),
    ("[table]\nx = \"delete\"\n", &[(2, "tone key")]),
    ("[home]\nW = \"report-week\"\n", &[(2, "tone key")]),
    ("[browse]\nj = \"open\"\n", &[(2, "tone key")]),
    ("[table]\nbackspace = \"back\"\n", &[(2, "before each composed letter")]),
    // Ways out and actions that are lost.
    ("[form]\n\"f12 f12\" = \"save\"\n", &[(2, "force-quit")]),
    ("[form]\nf12 = \"save\"\n", &[(2, "swallows")]),
    (
        "[global]\n\"f12 f12\" = \"none\"\n",
        &[(2, "force-quit is left without a key")],
    ),
    (
        "[form]\nalt-m = \"save\"\n[attendance]\nalt-m = \"none\"\n[booths]\nalt-m = \"none\"\n",
        &[(6, "block-toggle is left without a key")],
    ),
    ("[global]\nesc = \"none\"\n", &[(2, "back")]),
    ("[form]\nesc = \"undo\"\n", &[(2, "[form] no key is left for back")]),
    ("[table]\nL = \"none\"\n", &[(2, "clear-filter is left without a key")]),
    ("[form]\nf6 = \"none\"\n", &[(2, "does nothing")]),
    // Several at once, each in its line.
    (
        "[form]\nctrl-i = \"save\"\nctrl-e = \"sav\"\na = \"save\"\n[frm]\n",
        &[(2, "Tab"), (3, "no action"), (4, "must type"), (5, "no context")],
    ),
];

#[test]
fn every_shipped_keymap_passes_its_own_check() {
    for shipped in Shipped::ALL {
        let source = Source {
            name: shipped.id(),
            text: shipped.source(),
        };
        // The default stands on nothing but itself.
        let text = if shipped == Shipped::Default {
            format!("base = \"nothing\"\n{}", source.text)
        } else {
            source.text.to_owned()
        };
        if let Err(faults) = Keymap::check(Source { text: &text, ..source }) {
            panic!(
                "{}",
                faults
                    .iter()
                    .map(|f| f.describe(Lang::En))
                    .collect::<Vec<_>>()
                    .join("\n")
            );
        }
    }
}

#[test]
fn keymap_files_on_disk_are_those_in_the_program() {
    let mut on_disk: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/keymaps"))
        .unwrap()
        .filter_map(|file| {
            file.unwrap()
                .file_name()
                .into_string()
                .unwrap()
                .strip_suffix(".toml")
                .map(str::to_owned)
        })
        .collect();
    on_disk.sort();
    let mut known: Vec<&str> = Shipped::ALL.iter().map(|shipped| shipped.id()).collect();
    known.sort();
    assert_eq!(on_disk, known);
}

#[test]
fn bad_keymaps_are_refused_with_the_line_and_the_reason() {
    assert!(BAD.len() >= 40);
    let mut wrong = Vec::new();
    for (text, wanted) in BAD {
        let faults = Keymap::check(Source { name: "bad.toml", text })
            .err()
            .unwrap_or_default();
        let fits = |(line, word): &(usize, &str)| {
            faults.iter().any(|f| {
                f.line == *line && f.reason.en.contains(word) && f.file == "bad.toml" && !f.reason.vi.is_empty()
            })
        };
        let lines_fit = faults.iter().all(|f| wanted.iter().any(|(line, _)| f.line == *line));
        if !wanted.iter().all(fits) || !lines_fit {
            wrong.push(format!(
                "{text}→ {:#?}",
                faults.iter().map(|f| f.describe(Lang::En)).collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_changes_are_taken() {
    for text in [
        "",
        "[form]\nf6 = \"save\"\n",
        "[form]\nf10 = \"save\"\n",
        "[text]\nctrl-c = \"none\"\n",
        "[form]\n\"f6 s\" = \"save\"\n",
        "base = \"vi\"\n[table]\nH = \"history\"\n",
        "[browse]\nj = \"down\"\n",
        "[form]\nctrl-s = \"ditto-field\"\nctrl-d = \"save\"\n",
    ] {
        let outcome = Keymap::check(Source {
            name: "good.toml",
            text,
        });
        assert!(outcome.is_ok(), "{text}: {outcome:?}");
    }
}

#[test]
fn vi_moves_by_hjkl_on_tables_and_types_them_in_forms() {
    let map = Keymap::shipped(Shipped::Vi);
    for (action, key) in [
        (Action::Left, "h"),
        (Action::Down, "j"),
        (Action::Up, "k"),
        (Action::Right, "l"),
    ] {
        assert!(
            map.keys_for(Context::Table.chain(), action).contains(&key.to_owned()),
            "{key}"
        );
        assert!(
            !map.keys_for(Context::Form.chain(), action).contains(&key.to_owned()),
            "{key}"
        );
    }
}

#[test]
fn foxpro_writes_with_ctrl_w_and_changes_with_f3() {
    let map = Keymap::shipped(Shipped::Foxpro);
    assert_eq!(map.key_for(Context::Form.chain(), Action::Save).as_deref(), Some("^W"));
    assert_eq!(map.key_for(Context::Table.chain(), Action::Edit).as_deref(), Some("F3"));
}

#[test]
fn every_action_has_a_sure_key_in_every_shipped_keymap() {
    for shipped in Shipped::ALL {
        let map = Keymap::shipped(shipped);
        for action in Action::ALL {
            let keys: Vec<String> = Context::ALL
                .iter()
                .flat_map(|c| map.keys_for(c.chain(), *action))
                .collect();
            assert!(
                keys.iter()
                    .any(|key| !["F1", "F10", "F11", "^A", "^B", "^C", "^V"].contains(&key.as_str())),
                "{} in {}",
                action.id(),
                shipped.id()
            );
        }
    }
}

#[test]
fn the_readme_shows_the_keys_as_they_are() {
    let readme = include_str!("../README.md");
    let (_, rest) = readme
        .split_once("<!-- keys: as `sohoi keys --markdown` prints them -->\n")
        .unwrap();
    let (shown, _) = rest.split_once("<!-- /keys -->").unwrap();
    let printed = Keymap::shipped(Shipped::Default).markdown(Lang::Vi);
    let wanted: Vec<String> = printed
        .split("### ")
        .filter(|section| {
            ["(`global`)", "(`browse`)", "(`form`)"]
                .iter()
                .any(|name| section.contains(name))
        })
        .map(|section| format!("#### {}", section.trim_end()))
        .collect();
    assert_eq!(wanted.len(), 3);
    assert_eq!(shown.trim_end(), wanted.join("\n\n"));
}
