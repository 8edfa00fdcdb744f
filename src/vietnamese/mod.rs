//! Vietnamese text: typing, folding, ordering, legacy encodings, numbers, dates, names. No I/O.
