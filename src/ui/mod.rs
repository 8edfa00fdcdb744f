//! The interface: screens, forms, keymaps; and the same line by line (`plain`).
//!
//! One keystroke goes one way: terminal event → `Key` → `Keymap` → `Input` → the top screen's `update` → `Command`s →
//! `App`. Screens know actions, not keys; they never touch the terminal, and drawing changes nothing.

pub mod action;
pub mod app;
pub mod canvas;
pub mod chrome;
pub mod data;
pub mod form;
pub mod grid;
pub mod harness;
pub mod keymap;
pub mod look;
pub mod names;
pub mod office;
pub mod plain;
pub mod run;
pub mod screen;
pub mod term;
pub mod theme;
pub mod widget;
