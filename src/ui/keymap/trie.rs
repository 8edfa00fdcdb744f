//! The keys of one context as a tree, so that a chord (`g v`) is found key by key.

use super::{Follows, Key};
use crate::ui::action::Action;

/// The tree of one context.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    root: Vec<(Key, Node)>,
}

#[derive(Clone, Debug)]
enum Node {
    Leaf(Action),
    Branch(Vec<(Key, Node)>),
}

/// What stands at the end of some keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// An action.
    Leaf(Action),
    /// Further keys.
    Branch(Vec<(Key, Follows)>),
    /// Nothing.
    Nothing,
}

impl Trie {
    /// What stands at the end of `keys`.
    pub fn find(&self, keys: &[Key]) -> Found {
        let mut level = &self.root;
        for (at, key) in keys.iter().enumerate() {
            match level.iter().find(|(known, _)| known == key) {
                Some((_, Node::Leaf(action))) if at + 1 == keys.len() => return Found::Leaf(*action),
                Some((_, Node::Branch(next))) => level = next,
                _ => return Found::Nothing,
            }
        }
        let follows = |node: &Node| match node {
            Node::Leaf(action) => Follows::Action(*action),
            Node::Branch(_) => Follows::More,
        };
        Found::Branch(level.iter().map(|(key, node)| (*key, follows(node))).collect())
    }
}

/// Later bindings of the same keys replace earlier ones; of a prefix and a longer chord the later one stays (the check
/// refuses both beforehand).
impl<'a> FromIterator<(&'a [Key], Action)> for Trie {
    fn from_iter<I: IntoIterator<Item = (&'a [Key], Action)>>(bindings: I) -> Trie {
        let mut trie = Trie::default();
        for (keys, action) in bindings {
            insert(&mut trie.root, keys, action);
        }
        trie
    }
}

fn insert(level: &mut Vec<(Key, Node)>, keys: &[Key], action: Action) {
    let Some((first, rest)) = keys.split_first() else {
        return;
    };
    let at = level.iter().position(|(known, _)| known == first).unwrap_or_else(|| {
        level.push((*first, Node::Branch(Vec::new())));
        level.len() - 1
    });
    let node = &mut level[at].1;
    if rest.is_empty() {
        *node = Node::Leaf(action);
        return;
    }
    if let Node::Leaf(_) = node {
        *node = Node::Branch(Vec::new());
    }
    if let Node::Branch(next) = node {
        insert(next, rest, action);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_finds_leaves_branches_and_nothing() {
        let (g, v, x) = (Key::char('g'), Key::char('v'), Key::char('x'));
        let (long, short) = ([g, v], [x]);
        let trie: Trie = [(&long[..], Action::GoVisits), (&short[..], Action::Export)]
            .into_iter()
            .collect();
        assert_eq!(trie.find(&[x]), Found::Leaf(Action::Export));
        assert_eq!(
            trie.find(&[g]),
            Found::Branch(vec![(v, Follows::Action(Action::GoVisits))])
        );
        assert_eq!(trie.find(&[g, v]), Found::Leaf(Action::GoVisits));
        assert_eq!(trie.find(&[g, x]), Found::Nothing);
        assert_eq!(trie.find(&[x, x]), Found::Nothing);
    }
}
