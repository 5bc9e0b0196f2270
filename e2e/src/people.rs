//! Invented people with valid numbers (GB 11643).

/// An ID number of this division, birth date `YYYYMMDD` and sequence.
///
/// # Panics
/// When the parts are not 6, 8 and at most 3 digits.
#[must_use]
pub fn id_number(division: &str, born: &str, sequence: u16) -> String {
    let body = format!("{division}{born}{sequence:03}");
    assert!(
        body.len() == 17 && body.bytes().all(|c| c.is_ascii_digit()),
        "{body}"
    );
    format!("{body}{}", check_digit(&body))
}

/// The same number with another, wrong check digit.
#[must_use]
pub fn wrong_check_digit(id_number: &str) -> String {
    let (body, last) = id_number.split_at(17);
    format!("{body}{}", if last == "1" { '2' } else { '1' })
}

fn check_digit(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    char::from(b"10X98765432"[(sum % 11) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_met() {
        assert_eq!(id_number("110105", "19491231", 2), "11010519491231002X");
        assert_eq!(id_number("440524", "18800101", 1), "440524188001010014");
    }
}
