//! Things kept by what they weigh in memory: what was not used for longest goes first.

use std::collections::HashMap;
use std::hash::Hash;

/// Kept under a limit in bytes, whatever their number.
pub(crate) struct Weighed<K, V> {
    kept: HashMap<K, Entry<V>>,
    limit: u64,
    weight: u64,
    clock: u64,
}

struct Entry<V> {
    value: V,
    weight: u64,
    used: u64,
}

impl<K: Eq + Hash + Clone, V: Clone> Weighed<K, V> {
    pub(crate) fn new(limit: u64) -> Self {
        Self { kept: HashMap::new(), limit, weight: 0, clock: 0 }
    }

    pub(crate) fn get(&mut self, key: &K) -> Option<V> {
        self.clock += 1;
        let entry = self.kept.get_mut(key)?;
        entry.used = self.clock;
        Some(entry.value.clone())
    }

    /// Keeps a value and gives it back; where another was quicker, that one. What weighs more than the limit is kept
    /// alone, while it is looked at.
    pub(crate) fn keep(&mut self, key: K, value: V, weight: u64) -> V {
        if let Some(before) = self.get(&key) {
            return before;
        }
        while self.weight + weight > self.limit && self.drop_oldest() {}
        self.weight += weight;
        self.kept.insert(key, Entry { value: value.clone(), weight, used: self.clock });
        value
    }

    /// Says whether there was something to drop.
    fn drop_oldest(&mut self) -> bool {
        let oldest = self.kept.iter().min_by_key(|(_, entry)| entry.used);
        let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { return false };
        self.weight -= self.kept.remove(&oldest).map_or(0, |entry| entry.weight);
        true
    }

    #[cfg(test)]
    pub(crate) fn weight(&self) -> u64 {
        self.weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_longest_goes() {
        let mut kept = Weighed::new(100);
        assert_eq!(kept.keep("a", 1, 40), 1);
        assert_eq!(kept.keep("b", 2, 40), 2);
        assert_eq!(kept.keep("b", 3, 40), 2, "the first stays");
        assert_eq!(kept.get(&"a"), Some(1));
        kept.keep("c", 3, 40);
        assert_eq!((kept.get(&"a"), kept.get(&"b"), kept.get(&"c")), (Some(1), None, Some(3)));
        assert_eq!(kept.weight(), 80);
        kept.keep("large", 4, 300);
        assert_eq!((kept.get(&"a"), kept.get(&"large"), kept.weight()), (None, Some(4), 300));
        kept.keep("d", 5, 10);
        assert_eq!((kept.get(&"large"), kept.weight()), (None, 10));
    }

    #[test]
    fn after_a_hundred_large_pages_no_more_is_held_than_after_ten() {
        // A page of 24 megapixels, and a dozen tiles of each.
        let mut kept = Weighed::new(320 << 20);
        let mut after_ten = 0;
        for page in 0..100 {
            kept.keep((page, 0), (), 72 << 20);
            (1..13).for_each(|tile| {
                kept.keep((page, tile), (), 400 << 10);
            });
            if page == 9 {
                after_ten = kept.weight();
            }
        }
        assert!(after_ten > 200 << 20);
        assert!(kept.weight() * 10 <= after_ten * 11, "{} after {after_ten}", kept.weight());
    }
}
