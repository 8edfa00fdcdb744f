//! One suite over both implementations of the ordered map, and a model they must agree with.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Included, Unbounded};

use proptest::prelude::*;
use sohoi::store::fault::StoreError;
use sohoi::store::map::{Batch, MAX_VALUE, Order, OrderedMap, Tree};
use sohoi::store::memory::MemoryMap;
use sohoi::store::sled::SledMap;

fn with_memory(check: impl Fn(&dyn OrderedMap)) {
    check(&MemoryMap::new());
}

fn with_sled(check: impl Fn(&dyn OrderedMap)) {
    let folder = tempfile::tempdir().unwrap();
    check(&SledMap::open(&folder.path().join("map")).unwrap());
}

/// Writes each check as one test for each implementation.
macro_rules! suite {
    ($($name:ident => $check:expr;)*) => {
        mod in_memory { use super::*; $(#[test] fn $name() { with_memory($check); })* }
        mod on_disk { use super::*; $(#[test] fn $name() { with_sled($check); })* }
    };
}

fn keys(
    map: &dyn OrderedMap,
    tree: Tree,
    from: std::ops::Bound<&[u8]>,
    to: std::ops::Bound<&[u8]>,
    order: Order,
) -> String {
    let entries = map
        .range(tree, from, to, order)
        .map(|entry| String::from_utf8(entry.unwrap().0).unwrap());
    entries.collect::<Vec<_>>().join(" ")
}

fn filled(map: &dyn OrderedMap) {
    let mut batch = Batch::new();
    for key in ["b", "a", "d", "c", "ca"] {
        batch.put(Tree::Index, key, format!("value of {key}"));
    }
    batch.put(Tree::Records, "c", "a record");
    batch.put(Tree::Meta, "", "the empty key");
    map.apply(&batch).unwrap();
}

suite! {
    a_key_has_the_value_last_put => |map| {
        filled(map);
        assert_eq!(map.get(Tree::Index, b"c").unwrap().unwrap(), b"value of c");
        assert_eq!(map.get(Tree::Records, b"c").unwrap().unwrap(), b"a record");
        assert_eq!(map.get(Tree::Records, b"a").unwrap(), None);
        assert_eq!(map.get(Tree::Meta, b"").unwrap().unwrap(), b"the empty key");
    };
    a_range_is_read_in_order_both_ways_and_within_its_tree => |map| {
        filled(map);
        assert_eq!(keys(map, Tree::Index, Unbounded, Unbounded, Order::Forward), "a b c ca d");
        assert_eq!(keys(map, Tree::Index, Unbounded, Unbounded, Order::Backward), "d ca c b a");
        assert_eq!(keys(map, Tree::Index, Included(b"b"), Excluded(b"d"), Order::Forward), "b c ca");
        assert_eq!(keys(map, Tree::Index, Excluded(b"b"), Included(b"d"), Order::Backward), "d ca c");
        assert_eq!(keys(map, Tree::Derived, Unbounded, Unbounded, Order::Forward), "");
    };
    a_range_upside_down_is_empty => |map| {
        filled(map);
        assert_eq!(keys(map, Tree::Index, Included(b"d"), Included(b"a"), Order::Forward), "");
        assert_eq!(keys(map, Tree::Index, Excluded(b"b"), Excluded(b"b"), Order::Backward), "");
        assert_eq!(keys(map, Tree::Index, Included(b"b"), Included(b"b"), Order::Backward), "b");
    };
    a_prefix_finds_all_that_begin_with_it => |map| {
        filled(map);
        let found: Vec<_> = map.prefixed(Tree::Index, b"c", Order::Forward).map(|entry| entry.unwrap().0).collect();
        assert_eq!(found, [b"c".to_vec(), b"ca".to_vec()]);
    };
    the_later_change_to_a_key_wins_within_a_batch => |map| {
        let mut batch = Batch::new();
        batch.put(Tree::Records, "k", "1");
        batch.remove(Tree::Records, "k");
        batch.put(Tree::Records, "k", "3");
        batch.put(Tree::Records, "gone", "1");
        batch.remove(Tree::Records, "gone");
        map.apply(&batch).unwrap();
        assert_eq!(map.get(Tree::Records, b"k").unwrap().unwrap(), b"3");
        assert_eq!(map.count(Tree::Records).unwrap(), 1);
    };
    a_value_too_large_refuses_the_whole_batch => |map| {
        let mut batch = Batch::new();
        batch.put(Tree::Records, "small", "1");
        batch.put(Tree::Records, "large", vec![0; MAX_VALUE + 1]);
        assert!(matches!(map.apply(&batch), Err(StoreError::TooLarge { .. })));
        assert_eq!(map.count(Tree::Records).unwrap(), 0);
    };
    a_batch_of_many_records_is_there_whole => |map| {
        let mut batch = Batch::new();
        batch.put(Tree::Meta, "applied", "9");
        for n in 0..3_500u32 {
            batch.put(Tree::Records, n.to_be_bytes(), vec![7; 40]);
            batch.put(Tree::Index, n.to_le_bytes(), "");
        }
        map.apply(&batch).unwrap();
        assert_eq!(map.count(Tree::Records).unwrap(), 3_500);
        assert_eq!(map.range(Tree::Index, Unbounded, Unbounded, Order::Forward).count(), 3_500);
        let back: Vec<_> = map.range(Tree::Records, Unbounded, Unbounded, Order::Backward).map(|entry| entry.unwrap().0).collect();
        assert!(back.iter().rev().cloned().eq((0..3_500u32).map(|n| n.to_be_bytes().to_vec())));
        assert_eq!(map.get(Tree::Meta, b"applied").unwrap().unwrap(), b"9");
        map.sync().unwrap();
        assert!(map.size().unwrap() > 100_000);
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any sequence of batches leaves both implementations with what a plain sorted map would hold.
    #[test]
    fn both_agree_with_a_plain_sorted_map(
        batches in prop::collection::vec(
            prop::collection::vec((0usize..4, prop::collection::vec(0u8..4, 0..4), prop::option::of(any::<[u8; 3]>())), 0..40),
            0..8,
        )
    ) {
        let mut model: [BTreeMap<Vec<u8>, Vec<u8>>; 4] = Default::default();
        let folder = tempfile::tempdir().unwrap();
        let disk = SledMap::open(folder.path()).unwrap();
        let memory = MemoryMap::new();
        for changes in &batches {
            let mut batch = Batch::new();
            for (tree, key, value) in changes {
                match value {
                    Some(value) => { batch.put(Tree::ALL[*tree], key.clone(), *value); model[*tree].insert(key.clone(), value.to_vec()); }
                    None => { batch.remove(Tree::ALL[*tree], key.clone()); model[*tree].remove(key); }
                }
            }
            // Within one batch Meta is written last; keys of different trees never meet, so the outcome is the same.
            disk.apply(&batch).unwrap();
            memory.apply(&batch).unwrap();
        }
        disk.verify(|_| {}).unwrap();
        for map in [&disk as &dyn OrderedMap, &memory] {
            for (position, tree) in Tree::ALL.into_iter().enumerate() {
                let entries: Vec<_> = map.range(tree, Unbounded, Unbounded, Order::Forward).map(Result::unwrap).collect();
                let expected: Vec<_> = model[position].clone().into_iter().collect();
                prop_assert_eq!(&entries, &expected);
                let mut back: Vec<_> = map.range(tree, Unbounded, Unbounded, Order::Backward).map(Result::unwrap).collect();
                back.reverse();
                prop_assert_eq!(&back, &expected);
                prop_assert_eq!(map.count(tree).unwrap(), expected.len() as u64);
            }
        }
    }
}
