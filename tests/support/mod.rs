//! What several tests share; each of them uses a part of it.
#![allow(dead_code)]

pub mod office;
