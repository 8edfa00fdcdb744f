//! What several screens are made of: the one table, the one popup frame, the one pick list.

pub mod picker;
pub mod popup;
pub mod table;
