//! Indicators of the plans: one function each, over `Read`.
