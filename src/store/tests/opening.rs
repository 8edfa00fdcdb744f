//! What is there again when a store is opened anew: records, drafts, settings.

use super::*;

#[test]
fn a_store_opened_again_is_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let all = |store: &Store| -> Vec<Entry> {
        let reader = store.reader();
        let kinds = crate::domain::record::KINDS.iter();
        kinds
            .flat_map(|kind| reader.scan(kind.key()).map(Result::unwrap).collect::<Vec<_>>())
            .collect()
    };
    let before = {
        let (store, _) = Store::open(dir.path()).unwrap();
        let htx = cooperative(&store, "HTX A");
        change(&store, "cooperative", htx, "name", "HTX B");
        add(
            &store,
            "visit",
            json!({ "date": "2026-05-20", "cooperative": "HTX001", "purposes": ["TU_VAN"], "difficulties": ["VON"] }),
        );
        all(&store)
    };
    let (store, _) = Store::open(dir.path()).unwrap();
    assert_eq!(all(&store), before);
    assert_eq!(before.len(), 3);
}

#[test]
fn a_draft_comes_back_after_the_store_is_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let draft = Draft {
        id: Id::now(),
        kind: "visit".into(),
        focus: Some("advice".into()),
        body: json!({ "advice": "hướng dẫn hồ sơ vay" }),
        changed_ms: 0,
    };
    {
        let (store, _) = Store::open(dir.path()).unwrap();
        store.save_draft(draft.clone()).unwrap();
    }
    let (store, _) = Store::open(dir.path()).unwrap();
    let drafts = store.drafts().unwrap();
    assert_eq!((drafts.len(), &drafts[0].body), (1, &draft.body));
    store.remove_draft(draft.id).unwrap();
    assert!(store.drafts().unwrap().is_empty());
}

#[test]
fn settings_survive_and_a_broken_file_is_kept_aside() {
    let dir = tempfile::tempdir().unwrap();
    {
        let (store, _) = Store::open(dir.path()).unwrap();
        let mut settings = Settings::clone(&store.settings());
        settings.office.unit = Some("C12472-B".into());
        store.set_settings(settings).unwrap();
    }
    {
        let (store, report) = Store::open(dir.path()).unwrap();
        assert_eq!(store.settings().office.unit.as_deref(), Some("C12472-B"));
        assert!(report.notes.is_empty());
    }
    std::fs::write(dir.path().join("settings.toml"), "office = [[[").unwrap();
    let (store, report) = Store::open(dir.path()).unwrap();
    assert_eq!(store.settings().office.unit, None);
    assert!(report.notes[0].vi.contains("settings-hong.toml"));
    assert!(dir.path().join("settings-hong.toml").exists());
}
