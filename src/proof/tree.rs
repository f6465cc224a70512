//! The Merkle tree of RFC 9162, section 2.1 (the same as in RFC 6962): its root, proofs from it, and their verification.
//!
//! A proof of inclusion says nothing of the tree's size beyond its own shape: two sizes in which the way to a leaf turns alike
//! are one to it. So a size must be known from elsewhere: here from the seal and from the signed head, never from the proof.

use super::digest::{self, node};
use crate::domain::Digest;

/// A tree of which only the root is wanted: it holds one digest for each full subtree, at most 64.
#[derive(Clone, Default, Debug)]
pub struct Growing {
    size: u64,
    /// The roots of the full subtrees, from the largest to the smallest: one for each bit that is set in the size.
    full: Vec<Digest>,
}

impl Growing {
    /// Adds a leaf behind the others.
    pub fn add(&mut self, leaf: Digest) {
        let mut whole = leaf;
        // As in counting: each 1 at the end of the size is a subtree that has waited for one of its own size.
        for _ in 0..self.size.trailing_ones() {
            whole = self.full.pop().map_or(whole, |left| node(left, whole));
        }
        self.full.push(whole);
        self.size += 1;
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root; without leaves it is the digest of nothing.
    pub fn root(&self) -> Digest {
        let from_the_right = self.full.iter().rev().copied().reduce(|right, left| node(left, right));
        from_the_right.unwrap_or_else(|| digest::of(&[]))
    }
}

/// A tree from which proofs are made, also for each earlier size. It holds two digests for each leaf.
#[derive(Clone, Default)]
pub struct Tree {
    /// The full subtrees by their height: in `levels[2]`, each is the root over four leaves.
    levels: Vec<Vec<Digest>>,
}

/// A range of leaves, `begin..end`.
type Range = std::ops::Range<usize>;

/// Where a range is split: the largest power of two that is smaller than its length, which is at least 2.
fn middle(range: &Range) -> usize {
    range.start + (1 << (range.len() - 1).ilog2())
}

impl Tree {
    /// Adds a leaf behind the others.
    pub fn add(&mut self, leaf: Digest) {
        let mut whole = leaf;
        for height in 0.. {
            if height == self.levels.len() {
                self.levels.push(Vec::new());
            }
            let level = &mut self.levels[height];
            level.push(whole);
            let ([.., left, right], 0) = (level.as_slice(), level.len() % 2) else { return };
            whole = node(*left, *right);
        }
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, Vec::len) as u64
    }

    /// The size as an index, if the tree has as many leaves.
    fn within(&self, size: u64) -> Option<usize> {
        (size <= self.size()).then_some(size as usize)
    }

    /// The root as it was at a size; none when the tree is smaller.
    pub fn root(&self, size: u64) -> Option<Digest> {
        match self.within(size)? {
            0 => Some(digest::of(&[])),
            size => Some(self.over(0..size)),
        }
    }

    /// MTH of a range that begins at a multiple of the power of two that its length needs (RFC 9162, 2.1.1).
    fn over(&self, range: Range) -> Digest {
        if range.len().is_power_of_two() {
            let height = range.len().ilog2();
            return self.levels[height as usize][range.start >> height];
        }
        let middle = middle(&range);
        node(self.over(range.start..middle), self.over(middle..range.end))
    }

    /// The proof that a leaf, counted from 0, is in the tree of that size (RFC 9162, 2.1.3.1).
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Digest>> {
        let size = self.within(size)?;
        let index = usize::try_from(index).ok().filter(|index| *index < size)?;
        let (mut range, mut path) = (0..size, Vec::new());
        while range.len() > 1 {
            let middle = middle(&range);
            let (taken, other) = match index < middle {
                true => (range.start..middle, middle..range.end),
                false => (middle..range.end, range.start..middle),
            };
            path.push(self.over(other));
            range = taken;
        }
        path.reverse();
        Some(path)
    }

    /// The proof that the tree of a size begins with the tree of an earlier size (RFC 9162, 2.1.4.1).
    pub fn consistency(&self, earlier: u64, size: u64) -> Option<Vec<Digest>> {
        let size = self.within(size)?;
        let earlier = usize::try_from(earlier).ok().filter(|earlier| *earlier <= size)?;
        let (mut range, mut path) = (0..size, Vec::new());
        if earlier == 0 {
            return Some(path);
        }
        while range.end != earlier {
            let middle = middle(&range);
            let (taken, other) = match earlier <= middle {
                true => (range.start..middle, middle..range.end),
                false => (middle..range.end, range.start..middle),
            };
            path.push(self.over(other));
            range = taken;
        }
        // The whole earlier tree is what its root is known for already.
        if range.start > 0 {
            path.push(self.over(range));
        }
        path.reverse();
        Some(path)
    }
}

/// True when the path proves that the leaf stands at that index, counted from 0, of the tree with that size and root
/// (RFC 9162, 2.1.3.2).
pub fn includes(root: Digest, size: u64, leaf: Digest, index: u64, path: &[Digest]) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for beside in path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            hash = node(*beside, hash);
            while at.is_multiple_of(2) && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node(hash, *beside);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && hash == root
}

/// True when the path proves that the tree with the later size and root begins with all of the earlier one
/// (RFC 9162, 2.1.4.2). Everything begins with the tree that has no leaves.
pub fn is_consistent(earlier: (u64, Digest), later: (u64, Digest), path: &[Digest]) -> bool {
    if earlier.0 == 0 || earlier.0 >= later.0 {
        let same = if earlier.0 == 0 { earlier.1 == digest::of(&[]) } else { earlier == later };
        return same && path.is_empty();
    }
    let (mut at, mut last) = (earlier.0 - 1, later.0 - 1);
    while at % 2 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let (first, rest) = match path {
        [] => return false,
        // The earlier tree is full: its root is where the way begins, and is not said again.
        all if earlier.0.is_power_of_two() => (earlier.1, all),
        [first, rest @ ..] => (*first, rest),
    };
    let (mut before, mut after) = (first, first);
    for beside in rest {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            (before, after) = (node(*beside, before), node(*beside, after));
            while at.is_multiple_of(2) && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            after = node(after, *beside);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && before == earlier.1 && after == later.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Chance, Seeded};
    use crate::proof::digest::leaf;

    /// The tree as RFC 9162, 2.1.1 defines it, word for word.
    fn defined(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => digest::of(&[]),
            [leaf] => *leaf,
            more => {
                let k = (0..).map(|bit| 1 << bit).take_while(|k| *k < more.len()).last().expect("two or more");
                node(defined(&more[..k]), defined(&more[k..]))
            }
        }
    }

    /// On which side the digests of a proof of inclusion stand, from the leaf up.
    fn turns(index: u64, size: u64) -> Vec<bool> {
        if size == 1 {
            return Vec::new();
        }
        let k = 1 << (size - 1).ilog2();
        let (mut below, right) = if index < k { (turns(index, k), true) } else { (turns(index - k, size - k), false) };
        below.push(right);
        below
    }

    /// The same for a proof of consistency, which begins with the earlier tree itself or with a part of it.
    fn steps(earlier: u64, size: u64, is_whole: bool) -> Vec<Option<bool>> {
        if earlier == size {
            return if is_whole { Vec::new() } else { vec![None] };
        }
        let k = 1 << (size - 1).ilog2();
        let left = earlier <= k;
        let mut below = if left { steps(earlier, k, is_whole) } else { steps(earlier - k, size - k, false) };
        below.push(Some(left));
        below
    }

    fn leaves(count: u64) -> Vec<Digest> {
        (0..count).map(|number| leaf(format!("leaf {number}").as_bytes())).collect()
    }

    fn tree_of(leaves: &[Digest]) -> Tree {
        let mut tree = Tree::default();
        leaves.iter().for_each(|leaf| tree.add(*leaf));
        tree
    }

    fn other(digest: Digest, chance: &impl Chance) -> Digest {
        let (mut bytes, bit) = (digest.0, (chance.next_u64() % 256) as usize);
        bytes[bit / 8] ^= 1 << (bit % 8);
        Digest(bytes)
    }

    /// Every path that is nearly the one given.
    fn nearly(path: &[Digest], chance: &impl Chance) -> Vec<Vec<Digest>> {
        let changed = |at| (0..path.len()).map(|i| if i == at { other(path[i], chance) } else { path[i] }).collect();
        let mut near: Vec<Vec<Digest>> = (0..path.len()).map(changed).collect();
        near.extend((0..path.len()).map(|at| [&path[..at], &path[at + 1..]].concat()));
        near.extend((0..=path.len()).map(|at| [&path[..at], &[Digest::ZERO], &path[at..]].concat()));
        near
    }

    /// Proves one leaf at one size, and refuses everything that is nearly this proof.
    fn check_inclusion(tree: &Tree, leaf: Digest, index: u64, size: u64, chance: &impl Chance) {
        let told = format!("leaf {index} of {size}");
        let (root, path) = (tree.root(size).expect("a root"), tree.inclusion(index, size).expect("a proof"));
        assert!(includes(root, size, leaf, index, &path), "{told}");
        assert_eq!(path.len(), turns(index, size).len(), "{told}");
        for near in nearly(&path, chance) {
            assert!(!includes(root, size, leaf, index, &near), "{told}: {near:?}");
        }
        assert!(!includes(other(root, chance), size, leaf, index, &path), "{told}: another root");
        assert!(!includes(root, size, other(leaf, chance), index, &path), "{told}: another leaf");
        for another in [index.wrapping_sub(1), index + 1, index ^ 2, index * 2 + 1, size, u64::MAX] {
            assert!(another == index || !includes(root, size, leaf, another, &path), "{told} as {another}");
        }
        for another in [0, size / 2, size - 1, size + 1, size * 2, u64::MAX] {
            // Sizes in which the way turns alike are one to a proof; every other is refused.
            let alike = another > index && turns(index, another) == turns(index, size);
            assert_eq!(includes(root, another, leaf, index, &path), alike, "{told} as of {another}");
        }
    }

    /// Proves that a tree begins with an earlier one, and refuses everything that is nearly this proof.
    fn check_consistency(tree: &Tree, earlier: u64, size: u64, chance: &impl Chance) {
        let told = format!("{earlier} in {size}");
        let (before, after) = (tree.root(earlier).expect("a root"), tree.root(size).expect("a root"));
        let path = tree.consistency(earlier, size).expect("a proof");
        let holds = |before, after, path: &[Digest]| is_consistent(before, after, path);
        assert!(holds((earlier, before), (size, after), &path), "{told}");
        for near in nearly(&path, chance) {
            assert!(!holds((earlier, before), (size, after), &near), "{told}: {near:?}");
        }
        assert!(!holds((earlier, other(before, chance)), (size, after), &path), "{told}: another earlier root");
        assert!(earlier == 0 || !holds((earlier, before), (size, other(after, chance)), &path), "{told}: another root");
        for another in [earlier.wrapping_sub(1), earlier + 1, size + 1, u64::MAX] {
            assert!(!holds((another, before), (size, after), &path), "{told} as from {another}");
        }
        for another in [earlier / 2, size - 1, size + 1, size * 2].into_iter().filter(|a| *a != size && earlier > 0) {
            let alike = another > earlier && earlier < size && steps(earlier, another, true) == steps(earlier, size, true);
            assert_eq!(holds((earlier, before), (another, after), &path), alike, "{told} as to {another}");
        }
    }

    #[test]
    fn the_tree_is_the_one_that_the_standard_defines() {
        let (all, mut growing) = (leaves(600), Growing::default());
        let tree = tree_of(&all);
        for size in 0..=all.len() {
            let root = defined(&all[..size]);
            assert_eq!((growing.size(), growing.root(), tree.root(size as u64)), (size as u64, root, Some(root)), "{size}");
            growing.add(*all.get(size).unwrap_or(&Digest::ZERO));
        }
        assert_eq!((tree.size(), tree.root(601)), (600, None));
        assert_eq!((tree.inclusion(600, 600), tree.inclusion(3, 601), tree.consistency(3, 601)), (None, None, None));
        assert_eq!((tree.inclusion(3, 3), tree.consistency(4, 3)), (None, None));
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proven_and_nothing_near_it() {
        let (all, chance) = (leaves(130), Seeded::new(1));
        let tree = tree_of(&all);
        for size in 1..=130 {
            for index in 0..size {
                check_inclusion(&tree, all[index as usize], index, size, &chance);
            }
        }
    }

    #[test]
    fn every_small_tree_is_proven_to_begin_with_every_smaller_one() {
        let (tree, chance) = (tree_of(&leaves(130)), Seeded::new(2));
        for size in 1..=130 {
            for earlier in 0..=size {
                check_consistency(&tree, earlier, size, &chance);
            }
        }
    }

    #[test]
    fn large_trees_are_proven_at_random_places() {
        let seed = 20_260_302;
        println!("seed {seed}");
        let (all, chance) = (leaves(70_000), Seeded::new(seed));
        let tree = tree_of(&all);
        for _ in 0..300 {
            let size = 1 + chance.next_u64() % all.len() as u64;
            let index = chance.next_u64() % size;
            check_inclusion(&tree, all[index as usize], index, size, &chance);
            check_consistency(&tree, index, size, &chance);
        }
    }

    /// The eight leaves of the reference tests of Certificate Transparency, with their roots and proofs.
    #[test]
    fn the_known_answers_of_certificate_transparency_are_ours() {
        let texts: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let all = texts.map(leaf);
        let tree = tree_of(&all);
        for (size, root) in roots.into_iter().enumerate() {
            assert_eq!(tree.root(size as u64).map(|root| root.to_string()), Some(root.to_owned()), "{size}");
        }
        let begin = |path: Option<Vec<Digest>>| -> Vec<String> {
            path.expect("a proof").iter().map(|digest| digest.to_string()[..8].to_owned()).collect()
        };
        assert_eq!(begin(tree.inclusion(0, 8)), ["96a296d2", "5f083f0a", "6b47aaf2"]);
        assert_eq!(begin(tree.inclusion(5, 8)), ["bc1a0643", "ca854ea1", "d37ee418"]);
        assert_eq!(begin(tree.inclusion(2, 3)), ["fac54203"]);
        assert_eq!(begin(tree.inclusion(1, 5)), ["6e340b9c", "5f083f0a", "bc1a0643"]);
        assert_eq!(begin(tree.consistency(1, 8)), ["96a296d2", "5f083f0a", "6b47aaf2"]);
        assert_eq!(begin(tree.consistency(6, 8)), ["0ebc5d34", "ca854ea1", "d37ee418"]);
        assert_eq!(begin(tree.consistency(2, 5)), ["5f083f0a", "bc1a0643"]);
        assert_eq!(begin(tree.consistency(6, 7)), ["0ebc5d34", "b08693ec", "d37ee418"]);
        assert_eq!(begin(tree.consistency(1, 1)), [""; 0]);
    }
}
