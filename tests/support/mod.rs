//! What several tests share.

pub mod office;
