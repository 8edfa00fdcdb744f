//! The store: the journal is the truth, sled is what everything is read from.
