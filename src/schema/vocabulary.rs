//! Names as numbers: every namespace and local name that a schema mentions, and the table that finds them again.
//! It knows strings, not what they name.

use std::collections::HashMap;
use std::sync::Arc;

/// A namespace that no schema mentions.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// The number of "no namespace".
pub(super) const ABSENT: u32 = 0;

/// The number of the namespace of `xsi:type` and its kin.
pub(super) const INSTANCE: u32 = 1;

/// The number of the namespace of XML Schema itself.
pub(super) const SCHEMA: u32 = 2;

/// The namespace of XML Schema itself.
pub(super) const SCHEMA_NAMESPACE: &str = "http://www.w3.org/2001/XMLSchema";

const INSTANCE_NAMESPACE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A name: namespace and local part in one number, so that names are compared at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NameKey(u64);

impl NameKey {
    /// A name that no schema mentions.
    pub const NOBODY: NameKey = NameKey(u64::MAX);

    pub fn new(namespace: u32, local: u32) -> Self {
        NameKey(u64::from(namespace) << 32 | u64::from(local))
    }

    pub fn namespace(self) -> u32 {
        (self.0 >> 32) as u32
    }

    pub fn local(self) -> u32 {
        self.0 as u32
    }
}

/// A name as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SchemaName {
    /// The namespace; "" when there is none.
    pub namespace: Arc<str>,
    /// The local part.
    pub local: Arc<str>,
}

/// Every name of a set of schemas.
///
/// The table of local names is never added to once documents are read, and looking up a name costs no more than the longest
/// chain that the schemas themselves made: a sender cannot choose names that make it slow.
pub(super) struct Vocabulary {
    namespaces: Vec<Arc<str>>,
    namespace_numbers: HashMap<Arc<str>, u32>,
    locals: Vec<Arc<str>>,
    /// Open addressing: number + 1 of a local name, 0 for nobody. The length is a power of two.
    slots: Vec<u32>,
}

impl Vocabulary {
    pub fn new() -> Self {
        let mut new =
            Self { namespaces: Vec::new(), namespace_numbers: HashMap::new(), locals: Vec::new(), slots: vec![0; 1024] };
        for namespace in ["", INSTANCE_NAMESPACE, SCHEMA_NAMESPACE] {
            new.add_namespace(namespace);
        }
        new
    }

    pub fn add_namespace(&mut self, namespace: &str) -> u32 {
        if let Some(number) = self.namespace_numbers.get(namespace) {
            return *number;
        }
        let (number, shared) = (self.namespaces.len() as u32, Arc::<str>::from(namespace));
        self.namespaces.push(shared.clone());
        self.namespace_numbers.insert(shared, number);
        number
    }

    pub fn add(&mut self, namespace: u32, local: &str) -> NameKey {
        let number = self.local(local).unwrap_or_else(|| self.add_local(local));
        NameKey::new(namespace, number)
    }

    fn add_local(&mut self, local: &str) -> u32 {
        let number = self.locals.len() as u32;
        self.locals.push(local.into());
        if self.locals.len() * 3 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            for number in 0..self.locals.len() {
                self.take_slot(number as u32);
            }
        } else {
            self.take_slot(number);
        }
        number
    }

    fn take_slot(&mut self, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash(self.locals[number as usize].as_bytes()) & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = number + 1;
    }

    /// The number of a local name, if a schema mentions it.
    pub fn local(&self, local: &str) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = hash(local.as_bytes()) & mask;
        loop {
            match self.slots[at] {
                0 => return None,
                taken if *self.locals[taken as usize - 1] == *local => return Some(taken - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The number of a namespace, or [`UNKNOWN`].
    pub fn namespace(&self, namespace: &str) -> u32 {
        self.namespace_numbers.get(namespace).copied().unwrap_or(UNKNOWN)
    }

    pub fn key(&self, namespace: &str, local: &str) -> NameKey {
        self.key_in(self.namespace(namespace), local)
    }

    pub fn key_in(&self, namespace: u32, local: &str) -> NameKey {
        match self.local(local) {
            Some(local) if namespace != UNKNOWN => NameKey::new(namespace, local),
            _ => NameKey::NOBODY,
        }
    }

    pub fn namespace_name(&self, namespace: u32) -> &Arc<str> {
        &self.namespaces[namespace as usize]
    }

    pub fn local_name(&self, name: NameKey) -> &str {
        &self.locals[name.local() as usize]
    }

    pub fn name(&self, name: NameKey) -> SchemaName {
        SchemaName {
            namespace: self.namespaces[name.namespace() as usize].clone(),
            local: self.locals[name.local() as usize].clone(),
        }
    }

    /// For texts to operators: `{namespace}local`.
    pub fn shown(&self, name: NameKey) -> String {
        let (namespace, local) = (self.namespace_name(name.namespace()), self.local_name(name));
        if namespace.is_empty() { local.to_owned() } else { format!("{{{namespace}}}{local}") }
    }
}

/// Of the length and eight bytes each from the beginning and the end, or what there is: names that differ only in between share
/// a slot, which is rare.
#[inline]
fn hash(name: &[u8]) -> usize {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(23),
        _ => short(name),
    };
    let spread = (mixed ^ name.len() as u64).wrapping_mul(ODD);
    (spread >> 32) as usize
}

/// The bytes of a name of fewer than eight.
#[inline]
fn short(name: &[u8]) -> u64 {
    match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
        (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)),
        _ => name.iter().fold(0, |made, byte| made << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_was_added_is_found_and_no_other() {
        let mut vocabulary = Vocabulary::new();
        let namespace = vocabulary.add_namespace("urn:n");
        let names: Vec<String> = (0..5000).map(|n| format!("Name{n}{}", "x".repeat(n % 40))).collect();
        let keys: Vec<NameKey> = names.iter().map(|name| vocabulary.add(namespace, name)).collect();
        for (name, key) in names.iter().zip(&keys) {
            assert_eq!(vocabulary.key("urn:n", name), *key);
            assert_eq!(vocabulary.local_name(*key), name);
            assert_eq!(vocabulary.key("urn:other", name), NameKey::NOBODY);
        }
        assert_eq!(vocabulary.key("urn:n", "Nam"), NameKey::NOBODY);
        assert_eq!(vocabulary.key("urn:n", ""), NameKey::NOBODY);
    }

    #[test]
    fn the_same_name_has_the_same_number_twice() {
        let mut vocabulary = Vocabulary::new();
        let (one, other) = (vocabulary.add_namespace("urn:1"), vocabulary.add_namespace("urn:2"));
        assert_eq!(vocabulary.add(one, "a"), vocabulary.add(one, "a"));
        assert_ne!(vocabulary.add(one, "a"), vocabulary.add(other, "a"));
        assert_eq!(vocabulary.add_namespace(""), ABSENT);
        let key = vocabulary.add(one, "a");
        assert_eq!(vocabulary.shown(key), "{urn:1}a");
    }
}
