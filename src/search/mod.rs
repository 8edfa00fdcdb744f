//! Look-up: the compact folded list and its ranking.
