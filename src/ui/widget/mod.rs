//! What several screens are made of: the one table, the one popup frame, the one pick list, the
//! status card.

pub mod picker;
pub mod popup;
pub mod roll;
pub mod status_card;
pub mod table;
