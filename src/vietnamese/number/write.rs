//! From a number to what is printed: dots between thousands, a comma before decimals.

/// `1.234.567`
pub fn format_count(count: i64) -> String {
    format_scaled(i128::from(count), 0)
}

/// Millions of đồng with one decimal, no unit, as table columns have it: `1.200,0`. Rounds half away from zero.
pub fn format_millions(dong: i64) -> String {
    format_scaled(divide_rounded(i128::from(dong), 100_000), 1)
}

/// `1.200,0 tr`
pub fn format_money_short(dong: i64) -> String {
    format!("{} tr", format_millions(dong))
}

/// `120,0 triệu đồng`
pub fn format_money_long(dong: i64) -> String {
    format!("{} triệu đồng", format_millions(dong))
}

/// `a` / `b`, half away from zero; `b` is not 0.
pub(super) fn divide_rounded(a: i128, b: i128) -> i128 {
    let (quotient, rest) = (a / b, a % b);
    let away = if (a < 0) == (b < 0) { 1 } else { -1 };
    if rest.unsigned_abs() * 2 >= b.unsigned_abs() {
        quotient + away
    } else {
        quotient
    }
}

/// A whole number of 10^-`decimals`, in Vietnamese: 12000 of tenths is `1.200,0`.
pub(super) fn format_scaled(value: i128, decimals: u32) -> String {
    let scale = 10_u128.pow(decimals);
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let whole = grouped(&(magnitude / scale).to_string());
    if decimals == 0 {
        return format!("{sign}{whole}");
    }
    format!(
        "{sign}{whole},{:0>width$}",
        magnitude % scale,
        width = decimals as usize
    )
}

pub(super) fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}
