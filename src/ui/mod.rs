//! The interface: screens, forms, keymaps.
