//! Reports: collected numbers, a neutral document, and the formats it is written in.
